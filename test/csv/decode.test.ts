import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/lib/csv/decode.ts'
import { encode, encodeUtf16 } from './encode.ts'

const bytes = (...numbers: number[]) => new Uint8Array(numbers)
const utf8 = (text: string) => new TextEncoder().encode(text)

const statement = (header: string, ...texts: string[]) =>
  [header, ...texts.map((text, index) => `14.03.2026;-${index},50;${text};EUR`)].join('\r\n')

const statements = {
  German: statement('Buchungstag;Betrag;Empfänger;Währung', 'Bäckerei', 'BÄCKEREI', 'Straße'),
  'German with foreign names': statement(
    'Buchungstag;Betrag;Empfänger;Währung;Gläubiger',
    ...['Bäckerei', 'Müller', 'Öl', 'Señor', 'Café', 'Köln', 'Übung', 'Straße', 'Gebühr', 'Prämie'],
    ...['Überweisung', 'Möbelhaus', 'Bücher', 'Rückzahlung', 'Käse', 'Gärtnerei', 'Kürbis'],
  ),
  'German with one umlaut': statement('Datum;Betrag;Empfänger', 'Rewe'),
  French: statement('Date;Montant;Libellé', 'Crème', 'Café à Paris', 'PRÉLÈVEMENT'),
  Spanish: statement('Fecha;Importe;Descripción', 'Compañía', 'Panadería'),
  Portuguese: statement('Data;Valor;Descrição', 'Padaria São João', 'Transferência'),
  Italian: statement('Data;Importo;Descrizione', 'Caffè', 'Città di Milano', 'Più'),
  Danish: statement('Dato;Beløb;Tekst', 'Købmand', 'Bageri Århus', 'Overførsel'),
  Swedish: statement('Bokföringsdag;Belopp;Text', 'Överföring', 'Lön'),
  English: statement('Date;Amount (£);Text', '£4.50 Pret', 'Tesco £5'),
  'with a euro sign': statement('Date;Amount (€);Text', 'Lidl'),
  Polish: statement('Data księgowania;Kwota;Opis', 'Żabka Poznań', 'Łódź'),
  Czech: statement('Datum;Částka;Popis;Měna', 'Řeznictví', 'Dům u řeky'),
  Hungarian: statement('Dátum;Összeg;Közlemény', 'Gyógyszertár', 'Erdő', 'Fűszer', 'Vásárlás'),
  Russian: statement('Дата;Сумма;Описание;Валюта', 'Магазин', 'Аптека'),
  Ukrainian: statement('Дата;Сума;Опис', 'Їжа', 'Переказ коштів на картку', 'Київ'),
  Greek: statement('Ημερομηνία;Ποσό;Περιγραφή', 'Σούπερ μάρκετ'),
  Turkish: statement('Tarih;Tutar;Açıklama', 'Alışveriş', 'Şehir içi ulaşım', 'İstanbul'),
  Lithuanian: statement('Data;Suma;Paskirtis', 'Mokėjimas', 'Pardavėjas', 'Žuvis'),
  Japanese: statement('日付;お支払金額;お預り金額;摘要', 'ｾﾌﾞﾝｲﾚﾌﾞﾝ', 'セブンイレブン', '東京電力'),
  Chinese: statement('交易日期;金额;摘要;货币;对方账户;余额', '超市购物', '北京地铁', '信用卡还款'),
  Taiwanese: statement('交易日期;金額;摘要;幣別;餘額', '超級市場', '台北捷運', '信用卡繳款'),
  Korean: statement(
    '거래일자;금액;적요;통화',
    '이마트',
    '스타벅스 커피',
    '급여 입금',
    '편의점 결제',
    '교통카드',
  ),
}

describe('A file that is not UTF-8 and does not say what it is', () => {
  it.each<[keyof typeof statements, string]>([
    ['German', 'windows-1252'],
    ['German with one umlaut', 'windows-1252'],
    ['German with foreign names', 'windows-1252'],
    ['French', 'windows-1252'],
    ['Spanish', 'windows-1252'],
    ['Portuguese', 'windows-1252'],
    ['Italian', 'windows-1252'],
    ['Danish', 'windows-1252'],
    ['Swedish', 'windows-1252'],
    ['English', 'windows-1252'],
    ['with a euro sign', 'windows-1252'],
    ['German', 'macintosh'],
    ['French', 'macintosh'],
    ['Polish', 'windows-1250'],
    ['Polish', 'iso-8859-2'],
    ['Czech', 'windows-1250'],
    ['Hungarian', 'windows-1250'],
    ['Russian', 'windows-1251'],
    ['Russian', 'ibm866'],
    ['Russian', 'x-mac-cyrillic'],
    ['Ukrainian', 'windows-1251'],
    ['Ukrainian', 'koi8-u'],
    ['Greek', 'windows-1253'],
    ['Turkish', 'windows-1254'],
    ['Lithuanian', 'windows-1257'],
    ['Japanese', 'shift_jis'],
    ['Chinese', 'gb18030'],
    ['Taiwanese', 'big5'],
    ['Korean', 'euc-kr'],
  ])('is read by its letters: %s in %s', (name, charset) => {
    const text = statements[name]
    expect(decodeText(encode(text, charset))).toEqual({
      text,
      charset,
      reason: expect.stringMatching(/^It is not UTF-8, and .*\.$/),
    })
  })

  it.each(['German', 'Russian', 'Japanese', 'Korean'] as const)(
    'is read as UTF-16 without a mark: %s',
    (name) => {
      for (const charset of ['utf-16le', 'utf-16be']) {
        const sent = encodeUtf16(statements[name], charset === 'utf-16le')
        expect(decodeText(sent)).toMatchObject({ text: statements[name], charset })
      }
    },
  )

  it('is never read wrong, whatever it is: it is right, or a question', () => {
    const charsets = [
      ...['windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254'],
      ...['windows-1257', 'iso-8859-2', 'iso-8859-3', 'iso-8859-4', 'iso-8859-10', 'iso-8859-13'],
      ...['iso-8859-14', 'iso-8859-15', 'iso-8859-16', 'koi8-r', 'koi8-u', 'ibm866', 'macintosh'],
      'x-mac-cyrillic',
    ]
    const doubleByte = ['shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5']
    const wrong = [...charsets, ...doubleByte].flatMap((charset) =>
      Object.entries(statements).flatMap(([name, text]) => {
        // They have some letters of Latin too, which nobody encodes so.
        if (doubleByte.includes(charset) && !/\p{Lo}{2}/u.test(text)) return []
        let sent: Uint8Array
        try {
          sent = encode(text, charset)
        } catch {
          return []
        }
        const read = decodeText(sent)
        return 'text' in read && read.text !== text
          ? [`${name} in ${charset}: ${read.charset}`]
          : []
      }),
    )
    expect(wrong).toEqual([])
  })

  it.each([
    ['one letter that two languages have', encode('Data;Importo\r\nCaffè;5', 'windows-1252')],
    ['letters of many languages', encode('Bäckerei Købmand Señor Crème', 'windows-1252')],
    [
      'a character set that nobody can decode',
      bytes(0x42, 0x84, 0x63, 0x6b, 0x65, 0x72, 0x65, 0x69),
    ],
    ['random bytes', bytes(...Array.from({ length: 999 }, (_, n) => 1 + ((n * n * 31) % 255)))],
  ])('is a question that names some of them: %s', (_, sent) => {
    expect(decodeText(sent)).toEqual({
      message: expect.stringMatching(/not certain\. Specify it, such as windows-1252 .*shift_jis/),
    })
  })

  it('and is UTF-8 but for a few bytes is refused with the line of the first', () => {
    const damaged = [...utf8('Käse;1\r\nÄpfel;2\nM'), 0xfc, ...utf8('sli;3\rÖl\n')]
    expect(decodeText(bytes(...damaged))).toEqual({
      line: 3,
      message: expect.stringMatching(/not valid UTF-8.*charset=/),
    })
  })

  it('is UTF-8 where it is valid, also without any letter beyond ASCII', () => {
    for (const text of ['aé', 'a', '', '漢字', 'ä'.repeat(100)]) {
      expect(decodeText(utf8(text))).toEqual({
        text,
        charset: 'utf-8',
        reason: 'It is valid UTF-8.',
      })
    }
  })
})

describe('A declared character set', () => {
  it.each([
    ...['utf8', 'UTF-8', 'unicode-1-1-utf-8', 'us-ascii', 'ascii', 'latin1', 'l1', 'iso8859-1'],
    ...['ISO-8859-1', 'iso_8859-15', 'latin2', 'latin5', 'iso-8859-8-i', 'cp1250', 'x-cp1251'],
    ...['cp1252', 'Windows-1252', 'windows-1258', 'windows-874', 'tis-620', 'cyrillic', 'greek'],
    ...['koi', 'koi8-r', 'koi8-u', 'cp866', 'mac', 'x-mac-roman', 'macintosh', 'x-mac-cyrillic'],
    ...[
      'sjis',
      'ms_kanji',
      'Shift_JIS',
      'windows-31j',
      'x-sjis',
      'euc-jp',
      'iso-2022-jp',
      'gb2312',
    ],
    ...['gbk', 'gb18030', 'chinese', 'big5', 'big5-hkscs', 'cn-big5', 'euc-kr', 'ks_c_5601-1987'],
    ...['korean', 'windows-949'],
  ])('may have any label that TextDecoder knows: %s', (label) => {
    expect(decodeText(utf8('date,amount\n'), label)).toEqual({
      text: 'date,amount\n',
      charset: new TextDecoder(label).encoding,
      reason: 'It was declared.',
    })
  })

  it.each([
    ['latin1', [0x80, 0xe9], '€é'],
    ['iso-8859-15', [0xa4], '€'],
    ['cp1250', [0xb9, 0xea], 'ąę'],
    ['koi8-r', [0xc4, 0xc1], 'да'],
    ['mac', [0x8a, 0xdb], 'ä€'],
    ['sjis', [0x93, 0xfa, 0x96, 0x7b], '日本'],
    ['gbk', [0xbd, 0xf0], '金'],
    ['euc-kr', [0xb1, 0xdd], '금'],
    ['utf-16', [0xe9, 0], 'é'],
    ['utf-16be', [0, 0xe9], 'é'],
  ])('decodes its bytes: %s', (label, sent, text) => {
    expect(decodeText(bytes(...sent), label)).toMatchObject({ text })
  })

  it('does not matter where the file begins with a byte order mark', () => {
    const reason = 'It begins with a byte order mark.'
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61), 'windows-1252')).toEqual({
      text: 'a',
      charset: 'utf-8',
      reason,
    })
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0))).toMatchObject({ text: 'a', charset: 'utf-16le' })
    expect(decodeText(bytes(0xfe, 0xff, 0, 0x61))).toMatchObject({ text: 'a', charset: 'utf-16be' })
    expect(decodeText(bytes(0xef, 0xbb), 'windows-1252')).toMatchObject({ text: 'ï»' })
  })

  it('has to be known, and to fit the bytes', () => {
    for (const label of ['klingon', 'iso-8859-12', 'cp850', 'replacement', '']) {
      expect(decodeText(bytes(0x61), label)).toEqual({
        message: expect.stringContaining(`Unknown character set "${label}". Use one such as`),
      })
    }
    expect(decodeText(bytes(0x61, 10, 0xe9, 10), 'utf-8')).toMatchObject({ line: 2 })
    expect(decodeText(bytes(0x61, 10, 10, 0x81), 'sjis')).toMatchObject({
      line: 3,
      message: expect.stringContaining('not valid shift_jis'),
    })
  })
})

describe('A file with NUL characters', () => {
  it('is refused with the line of the first', () => {
    expect(decodeText(utf8('date,amount\r\n2026-03-14,\0\n'))).toEqual({
      line: 2,
      message: expect.stringContaining('NUL'),
    })
  })

  it('is refused as UTF-32 where its byte order mark says so', () => {
    expect(decodeText(bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0))).toEqual({
      message: expect.stringContaining('UTF-32'),
    })
  })
})
