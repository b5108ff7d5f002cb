/**
 * Apps and cards whose files have expenses without a minus, by columns that only they have together.
 * Add one where the signs are certain; otherwise the file is a question.
 */
const exporters: Record<string, string> = {
  'American Express':
    'Date | Description | Amount | Extended Details | Appears On Your Statement As',
  'American Express (Germany)':
    'Datum | Beschreibung | Betrag | Erweiterte Details | Erscheint auf Ihrer Abrechnung als',
  'American Express (France)': 'Date | Description | Montant | Informations détaillées',
  'Apple Card':
    'Transaction Date | Clearing Date | Description | Merchant | Category | Type | Amount (USD)',
  Copilot:
    'date | name | amount | status | category | parent category | excluded | type | account mask',
  Discover: 'Trans. Date | Post Date | Description | Amount | Category',
  'Lunch Money': 'date | payee | amount | currency | category | tags | notes | account_name',
  'Rocket Money':
    'Date | Original Date | Account Type | Institution Name | Name | Custom Name | Amount | Ignored From',
  Sure: 'date | account_name | amount | name | category | tags | notes | currency',
}

const columns = new Map(
  Object.entries(exporters).map(([name, text]) => [
    name,
    text.split(' | ').map((column) => column.toLowerCase()),
  ]),
)

/** Who writes files with this header, in which expenses have no minus. */
export function knownExporter(header: readonly string[]): string | undefined {
  const names = new Set(header.map((name) => name.toLowerCase()))
  for (const [name, wanted] of columns) if (wanted.every((each) => names.has(each))) return name
  return undefined
}
