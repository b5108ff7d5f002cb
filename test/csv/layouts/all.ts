import { austria, switzerland } from './alps.ts'
import { britain, ireland } from './britain.ts'
import { belgium, france } from './france-belgium.ts'
import { germany } from './germany.ts'
import type { Layout } from './layout.ts'
import { netherlands } from './netherlands.ts'

export const layouts: Record<string, Layout[]> = {
  Germany: germany,
  Austria: austria,
  Switzerland: switzerland,
  Britain: britain,
  Ireland: ireland,
  France: france,
  Belgium: belgium,
  'the Netherlands': netherlands,
}
