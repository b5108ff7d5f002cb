import { fold } from './fold.ts'

/** January to December, separated by `|`: the name, other forms of it, abbreviations. */
export const monthNames = {
  en: 'january jan | february feb | march mar | april apr | may | june jun | july jul | august aug | september sep sept | october oct | november nov | december dec',
  de: 'januar jan jänner jän | februar feb feber | märz mär mrz | april apr | mai | juni jun | juli jul | august aug | september sep sept | oktober okt | november nov | dezember dez',
  fr: 'janvier janv jan | février févr fév | mars mar | avril avr | mai | juin | juillet juil | août aou | septembre sept sep | octobre oct | novembre nov | décembre déc',
  es: 'enero ene | febrero feb | marzo mar | abril abr | mayo may | junio jun | julio jul | agosto ago | septiembre setiembre sep sept set | octubre oct | noviembre nov | diciembre dic',
  it: 'gennaio gen | febbraio feb | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | agosto ago | settembre set sett | ottobre ott | novembre nov | dicembre dic',
  nl: 'januari jan | februari feb | maart mrt mar | april apr | mei | juni jun | juli jul | augustus aug | september sep sept | oktober okt | november nov | december dec',
  pt: 'janeiro jan | fevereiro fev | março mar | abril abr | maio mai | junho jun | julho jul | agosto ago | setembro set | outubro out | novembro nov | dezembro dez',
  pl: 'styczeń stycznia sty | luty lutego lut | marzec marca mar | kwiecień kwietnia kwi | maj maja | czerwiec czerwca cze | lipiec lipca lip | sierpień sierpnia sie | wrzesień września wrz | październik października paź | listopad listopada lis | grudzień grudnia gru',
  sv: 'januari jan | februari feb febr | mars mar | april apr | maj | juni jun | juli jul | augusti aug | september sep sept | oktober okt | november nov | december dec',
  da: 'januar jan | februar feb febr | marts mar | april apr | maj | juni jun | juli jul | august aug | september sep sept | oktober okt | november nov | december dec',
  nb: 'januar jan | februar feb febr | mars mar | april apr | mai | juni jun | juli jul | august aug | september sep sept | oktober okt | november nov | desember des',
  fi: 'tammikuu tammikuuta tammi | helmikuu helmikuuta helmi | maaliskuu maaliskuuta maalis | huhtikuu huhtikuuta huhti | toukokuu toukokuuta touko | kesäkuu kesäkuuta kesä | heinäkuu heinäkuuta heinä | elokuu elokuuta elo | syyskuu syyskuuta syys | lokakuu lokakuuta loka | marraskuu marraskuuta marras | joulukuu joulukuuta joulu',
  cs: 'leden ledna led | únor února úno | březen března bře | duben dubna dub | květen května kvě | červen června čvn | červenec července čvc | srpen srpna srp | září zář | říjen října říj | listopad listopadu lis | prosinec prosince pro',
  hu: 'január jan | február febr feb | március márc már | április ápr | május máj | június jún | július júl | augusztus aug | szeptember szept | október okt | november nov | december dec',
}

/** Monday to Sunday, which are written before or after dates. */
export const weekdayNames = {
  en: 'monday mon | tuesday tue tues | wednesday wed | thursday thu thur thurs | friday fri | saturday sat | sunday sun',
  de: 'montag mo | dienstag di | mittwoch mi | donnerstag do | freitag fr | samstag sonnabend sa | sonntag so',
  fr: 'lundi lun | mardi mar | mercredi mer | jeudi jeu | vendredi ven | samedi sam | dimanche dim',
  es: 'lunes lun | martes mar | miércoles mié | jueves jue | viernes vie | sábado sáb | domingo dom',
  it: 'lunedì lun | martedì mar | mercoledì mer | giovedì gio | venerdì ven | sabato sab | domenica dom',
  nl: 'maandag ma | dinsdag di | woensdag wo | donderdag do | vrijdag vr | zaterdag za | zondag zo',
  pt: 'segunda seg | terça ter | quarta qua | quinta qui | sexta sex | sábado sáb | domingo dom',
  pl: 'poniedziałek pon pn | wtorek wt | środa śr | czwartek czw | piątek pt | sobota sob | niedziela niedz nd',
  sv: 'måndag mån | tisdag tis | onsdag ons | torsdag tor tors | fredag fre | lördag lör | söndag sön',
  da: 'mandag man | tirsdag tir | onsdag ons | torsdag tor | fredag fre | lørdag lør | søndag søn',
  ja: '月 | 火 | 水 | 木 | 金 | 土 | 日',
}

const groupsOf = (line: string) => line.split('|').map((group) => group.trim().split(' '))

const months = new Map<string, number>(
  Object.values(monthNames).flatMap((line) =>
    groupsOf(line).flatMap((names, index) => names.map((name) => [fold(name), index + 1] as const)),
  ),
)
const weekdays = new Set(
  Object.values(weekdayNames).flatMap((line) => groupsOf(line).flat().map(fold)),
)

/** 1 to 12, for a name or an abbreviation in any of the languages. */
export const monthOf = (name: string): number | undefined => months.get(fold(name))

export const isWeekday = (name: string): boolean => weekdays.has(fold(name))
