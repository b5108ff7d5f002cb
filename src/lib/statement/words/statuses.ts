import { fold, foldings } from './fold.ts'
import { entriesOf, type WordTable } from './table.ts'

/** Words in a column of states: what was booked, is pending, or never happened. */
export const statusWords = {
  en: `
    booked: Booked | Posted | Completed | Complete | Settled | Cleared | Executed | Success | Successful | Succeeded | Paid | Processed | Done | Confirmed | Reconciled | Approved | Accepted | Finished | Final
    booked: Finalised | Finalized | Accounted | Booking | Received | Sent | Transferred | Refunded | Partially refunded | Closed | Ok | Delivered | Captured
    pending: Pending | Processing | In progress | Authorised | Authorized | Authorization | Authorisation | Scheduled | Planned | Reserved | Reservation | On hold | Held | Hold | Outstanding | Upcoming | Created | Waiting
    pending: Unposted | Not posted | Not booked | Unsettled | In process | Submitted | Queued | Pending authorization | Preauthorised | Preauthorized | Future | Uncompleted | Under review | Placed | Temporary hold
    declined: Declined | Reverted | Failed | Cancelled | Canceled | Rejected | Reversed | Returned | Void | Voided | Denied | Expired | Error | Blocked | Refused | Not approved | Unsuccessful | Removed | Deleted | Aborted | Bounced
    declined: Account check | Terminated | Charged back | Not executed | Dishonoured | Unpaid
  `,
  de: `
    booked: Gebucht | Verbucht | Abgeschlossen | Ausgeführt | Erledigt | Abgerechnet | Bestätigt | Durchgeführt | Umsatz gebucht | Erfolgreich | Bezahlt | Genehmigt
    pending: Vorgemerkt | Ausstehend | Offen | In Bearbeitung | Vormerkung | Umsatz vorgemerkt | Reserviert | Autorisiert | Noch nicht gebucht | Nicht gebucht | Nicht abgerechnet | Geplant | Wartend | Schwebend | Angekündigt
    pending: Vorgemerkte Buchung | In Verarbeitung | Terminiert
    declined: Abgelehnt | Storniert | Fehlgeschlagen | Abgebrochen | Zurückgewiesen | Rückgängig gemacht | Nicht ausgeführt | Gelöscht | Rückbuchung | Verworfen | Abgewiesen | Gescheitert | Zurückgezogen
  `,
  fr: `
    booked: Comptabilisé | Effectué | Exécuté | Terminé | Réglé | Validé | Traité | Terminée | Accepté | Approuvé | Payé
    pending: En attente | En cours | À venir | Non comptabilisé | Autorisé | En cours de traitement | Prévu | Programmé | Réservé | Autorisation
    declined: Refusé | Annulé | Rejeté | Échoué | Échec | Expiré | Annulée | Refusée | Rejetée | Non exécuté | Impayé
  `,
  es: `
    booked: Contabilizado | Completado | Ejecutado | Realizado | Liquidado | Procesado | Finalizado | Completada | Confirmado | Aprobado | Pagado | Ejecutada | Realizada | Aplicado
    pending: Pendiente | En proceso | En curso | Retenido | Autorizado | Programado | Reservado | Pendientes | En espera | En trámite | Por aplicar
    declined: Rechazado | Cancelado | Anulado | Denegado | Fallido | Devuelto | Revertido | Rechazada | Cancelada | Anulada | Denegada | Caducado | Fallida | No ejecutado
  `,
  it: `
    booked: Contabilizzato | Completato | Eseguito | Eseguita | Contabilizzata | Completata | Effettuato | Autorizzato e contabilizzato | Approvato | Pagato | Confermato
    pending: In attesa | Non contabilizzato | Autorizzato | In corso | Da contabilizzare | In elaborazione | Prenotato | Prenotata | Pendente | Programmato | Non contabilizzata | Sospeso
    declined: Rifiutato | Annullato | Respinto | Stornato | Fallito | Negato | Scaduto | Rifiutata | Annullata | Revocato
  `,
  nl: `
    booked: Geboekt | Voltooid | Uitgevoerd | Verwerkt | Afgerond | Betaald | Goedgekeurd | Geaccepteerd
    pending: In behandeling | In afwachting | Nog niet geboekt | Gereserveerd | Gepland | Reservering | Nog te verwerken | Openstaand | Geautoriseerd | Lopend | Wachtend
    declined: Geweigerd | Geannuleerd | Afgewezen | Mislukt | Teruggedraaid | Afgekeurd | Verlopen | Gestorneerd | Niet uitgevoerd
  `,
  pt: `
    booked: Contabilizado | Concluído | Executado | Efetuado | Liquidado | Processado | Efetivado | Concluída | Aprovado | Confirmado | Pago | Realizado
    pending: Pendente | Em processamento | Em curso | Autorizado | Agendado | Cativo | A aguardar | Em análise | Aguardando | Por liquidar
    declined: Recusado | Cancelado | Rejeitado | Estornado | Anulado | Falhou | Revertido | Negado | Expirado | Devolvido | Recusada | Cancelada | Falha
  `,
  pl: `
    booked: Zaksięgowana | Zaksięgowano | Zrealizowana | Zrealizowano | Wykonana | Rozliczona | Zakończona | Zaksięgowane | Zrealizowany | Wykonany | Rozliczono | Zatwierdzona
    pending: Oczekująca | Oczekujące | W realizacji | Zablokowana | Blokada | Autoryzacja | Nierozliczona | Oczekuje | Rezerwacja | Zaplanowana | W trakcie | Nierozliczone | Do realizacji
    declined: Odrzucona | Anulowana | Odrzucono | Anulowano | Cofnięta | Nieudana | Niezrealizowana | Wycofana | Zwrócona | Odrzucony | Anulowany
  `,
  sv: `
    booked: Bokförd | Bokfört | Genomförd | Slutförd | Klar | Utförd | Betald
    pending: Reserverad | Väntande | Preliminär | Ej bokförd | Kommande | Prel | Reserverat | Pågående | Planerad | Ej bokfört | Reservation | Skyddat belopp
    declined: Avvisad | Avbruten | Misslyckad | Nekad | Makulerad | Återkallad | Avböjd | Annullerad
  `,
  da: `
    booked: Udført | Bogført | Gennemført | Afsluttet
    pending: Afventer | Reserveret | Venter | Ikke bogført | Planlagt | Under behandling
    declined: Afvist | Annulleret | Mislykket | Slettet | Tilbageført
  `,
  nb: `
    booked: Bokført | Utført | Gjennomført | Fullført
    pending: Reservert | Venter | Ikke bokført | Under behandling | Planlagt
    declined: Avvist | Kansellert | Mislykket | Slettet | Avbrutt
  `,
  fi: `
    booked: Kirjattu | Toteutunut | Valmis
    pending: Odottaa | Varaus | Katevaraus | Käsittelyssä
    declined: Hylätty | Peruttu | Epäonnistui
  `,
  cs: `
    booked: Zaúčtováno | Zaúčtovaná | Provedeno | Realizováno | Dokončeno | Zaúčtovaný
    pending: Čeká na zaúčtování | Nezaúčtováno | Blokace | Rezervace | Čekající | Autorizováno | Zpracovává se
    declined: Zamítnuto | Zrušeno | Stornováno | Odmítnuto | Neprovedeno
  `,
  hu: `
    booked: Könyvelt | Teljesült | Teljesített | Lekönyvelt
    pending: Függőben | Zárolt | Zárolás | Foglalás | Feldolgozás alatt | Nem könyvelt | Várakozik
    declined: Elutasított | Törölt | Visszavont | Sikertelen | Elutasítva | Törölve
  `,
  ja: `
    booked: 確定 | 完了
    pending: 未確定 | 処理中 | 保留
    declined: 取消 | 失敗 | キャンセル
  `,
}

/** Names of columns in which no means that a row is not booked. */
const bookedColumns = {
  en: 'booked: Booked | Posted | Settled | Completed | Executed',
  de: 'booked: Gebucht | Verbucht | Buchung erfolgt',
  fr: 'booked: Comptabilisé | Comptabilisée | Comptabilisation',
  es: 'booked: Contabilizado | Contabilizada | Contabilización',
  it: 'booked: Contabilizzato | Contabilizzata | Contabilizzazione',
  nl: 'booked: Geboekt | Verwerkt',
  pt: 'booked: Contabilizado | Efetivado',
  pl: 'booked: Zaksięgowana | Zaksięgowano | Zaksięgowane',
  nordic: 'booked: Bokförd | Bokfört | Bogført | Bokført | Kirjattu',
  cs: 'booked: Zaúčtováno',
  hu: 'booked: Könyvelt',
}

const booleanWords = {
  yes: 'yes: Yes | Y | True | T | 1 | X | Ja | J | Oui | O | Sí | S | Sì | Vrai | Wahr | Vero | Verdadero | Sim | Tak | Kyllä | Ano | Igen',
  no: 'no: No | N | False | F | 0 | Nein | Non | Faux | Falsch | Falso | Não | Nee | Nie | Nej | Nei | Ei | Ne | Nem',
}

export type Status = 'booked' | 'pending' | 'declined'

let known: ReadonlyMap<string, Status> | undefined
let booleans: ReadonlyMap<string, string> | undefined
let booked: ReadonlyMap<string, string> | undefined

const wordsOf = <Name extends string>(table: WordTable) =>
  new Map(
    [...entriesOf(table)].flatMap(({ name, word }) =>
      foldings(word).map((folded) => [folded, name as Name] as const),
    ),
  )

/**
 * What a cell of a column of states means. Yes and no mean what the name of the column says: "Pending",
 * "Vorgemerkt", "Contabilizzazione". A row that is not reconciled is still booked.
 */
export function statusIn(column: string, cell: string): Status | undefined {
  booleans ??= wordsOf(booleanWords)
  booked ??= wordsOf(bookedColumns)
  const boolean = booleans.get(fold(cell))
  if (boolean === undefined) return statusOf(cell)
  const isBookedColumn = booked.has(fold(column))
  if (boolean === 'no') return isBookedColumn ? 'pending' : 'booked'
  return isBookedColumn ? 'booked' : statusOf(column)
}

/** What a word in a column of states means. */
export function statusOf(word: string): Status | undefined {
  known ??= wordsOf<Status>(statusWords)
  return known.get(fold(word))
}
