/** Which letters beyond ASCII a language uses, in which character sets its files come. */
export interface Language {
  name: string
  charsets: readonly string[]
  /** Most of its letters are these, in lower case. */
  frequent: string
  others: string
}

const western = ['windows-1252', 'iso-8859-15', 'macintosh', 'cp850']
const central = ['windows-1250', 'iso-8859-2', 'cp852']
const cyrillic = ['windows-1251', 'koi8-u', 'ibm866', 'x-mac-cyrillic', 'iso-8859-5']
const greek = ['windows-1253', 'iso-8859-7']

const language = (
  name: string,
  charsets: readonly string[],
  frequent: string,
  others = '',
): Language => ({ name, charsets, frequent, others })

const range = (first: string, last: string) =>
  String.fromCharCode(
    ...Array.from(
      { length: last.charCodeAt(0) - first.charCodeAt(0) + 1 },
      (_, index) => first.charCodeAt(0) + index,
    ),
  )

export const languages: readonly Language[] = [
  language('German', western, 'äöüß', 'é'),
  language('French', western, 'éèàêç', 'âæëîïôœùûüÿ'),
  language('Spanish', western, 'áéíñóú', 'ü'),
  language('Portuguese', western, 'ãáçéíóõâê', 'àôúü'),
  language('Italian', western, 'àèéùò', 'ìíóú'),
  language('Dutch', western, 'éëïèö', 'óáíúêäü'),
  language('Danish or Norwegian', western, 'æøå', 'éäöüó'),
  language('Swedish or Finnish', western, 'åäö', 'éü'),
  language('Icelandic', western, 'áðéíóúýþæö'),
  language('Catalan', western, 'àçèéíòóú', 'ïü'),
  language('Polish', central, 'ąćęłńóśżź'),
  language('Czech', central, 'áíéěýřčšžůú', 'ďňťó'),
  language('Slovak', central, 'áíéčšžýľôúť', 'äďĺňóŕ'),
  language('Hungarian', central, 'áéóöőíüúű'),
  language('Romanian', central, 'ăâîşţ'),
  language('Croatian or Slovenian', central, 'čćšžđ'),
  language('Russian or Bulgarian', cyrillic, 'оеаинтслвркдмпу', 'бгжзйфхцчшщъыьэюяё'),
  language('Ukrainian', cyrillic, 'оанитвріесклудмп', 'бгґєжзйїфхцчшщьюя'),
  language('Serbian', ['windows-1251', 'iso-8859-5'], 'аоиенсртјукд', 'бвгђжзлљмњпћфхцчџш'),
  language('Greek', greek, 'αοιετσνηυρπκςλμάίό', 'βγδζθξφχψωέήύώϊϋΐΰ'),
  language('Turkish', ['windows-1254'], 'ışğüçöİ', 'âî'),
  language('Lithuanian', ['windows-1257'], 'ąčęėįšųūž'),
  language('Latvian', ['windows-1257'], 'āčēģīķļņšūž'),
  language('Estonian', ['windows-1257'], 'äõöü', 'šž'),
  language('Hebrew', ['windows-1255'], range('א', 'ת')),
  language('Arabic', ['windows-1256'], `${range('ء', 'غ')}${range('ف', 'ْ')}پچژگ`),
  language('Thai', ['windows-874'], range('ก', 'ฺ') + range('เ', '๛')),
]

/**
 * The upper half of character sets of DOS. `TextDecoder` does not know them: they are here so that
 * such a file is not taken for something else.
 */
export const dosTables: Readonly<Record<string, string>> = {
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  cp852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
}

/** The letters of all languages that come in a character set. */
export const lettersOf = (charset: string): Set<string> =>
  new Set(
    languages
      .filter(({ charsets }) => charsets.includes(charset))
      .flatMap(({ frequent, others }) => [...frequent, ...others]),
  )

/** How likely a file is in a character set, before it is looked at; by default 0.1. */
export const priors: Readonly<Record<string, number>> = {
  'windows-1252': 1,
  'windows-1250': 0.5,
  'windows-1251': 0.5,
  macintosh: 0.03,
  cp850: 0.002,
  cp852: 0.002,
}
