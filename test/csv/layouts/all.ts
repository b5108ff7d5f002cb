import { apps } from './apps.ts'
import { austria, switzerland } from './alps.ts'
import { africaAndMiddleEast, eastAsia, india } from './asia.ts'
import { britain, ireland } from './britain.ts'
import { cards } from './cards.ts'
import { charsets } from './charsets.ts'
import { australia, canada, newZealand } from './canada-oceania.ts'
import { doubts } from './doubts.ts'
import { balkans, czechia, hungary, poland, slovakia, turkey } from './east.ts'
import { belgium, france } from './france-belgium.ts'
import { germany } from './germany.ts'
import { latinAmerica, portugal, spain } from './iberia-latin-america.ts'
import { italy } from './italy.ts'
import type { Layout } from './layout.ts'
import { mechanics } from './mechanics.ts'
import { dates } from './months.ts'
import { moreApps } from './more-apps.ts'
import { netherlands } from './netherlands.ts'
import { denmark, finland, norway, sweden } from './nordics.ts'
import { ownExports } from './own-exports.ts'
import { questions } from './questions.ts'
import { problems, refusals } from './refusals.ts'
import { usa } from './usa.ts'
import { wallets } from './wallets.ts'

export const layouts: Record<string, Layout[]> = {
  'banks in Germany': germany,
  'banks in Austria': austria,
  'banks in Switzerland': switzerland,
  'banks in Britain': britain,
  'banks in Ireland': ireland,
  'banks in France': france,
  'banks in Belgium': belgium,
  'banks in the Netherlands': netherlands,
  'banks in Spain': spain,
  'banks in Portugal': portugal,
  'banks in Italy': italy,
  'banks in Latin America': latinAmerica,
  'banks in Sweden': sweden,
  'banks in Norway': norway,
  'banks in Denmark': denmark,
  'banks in Finland': finland,
  'banks in Poland': poland,
  'banks in Czechia': czechia,
  'banks in Slovakia': slovakia,
  'banks in Hungary': hungary,
  'banks in the Balkans': balkans,
  'banks in Turkey': turkey,
  'banks in the USA': usa,
  'banks in Canada': canada,
  'banks in Australia': australia,
  'banks in New Zealand': newZealand,
  'banks in India': india,
  'banks in East Asia': eastAsia,
  'banks in Africa and the Middle East': africaAndMiddleEast,
  apps,
  'more apps': moreApps,
  cards,
  'every charset': charsets,
  wallets,
  'an export of this API': ownExports,
  'every kind of date': dates,
  'every kind of table': mechanics,
  'a kind that must be asked about': questions,
  'a kind that must be refused': refusals,
  'a kind with single problems': problems,
  'a doubt': doubts,
}
