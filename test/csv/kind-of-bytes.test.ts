import { describe, expect, it } from 'vitest'
import { kindOfBytes } from '../../src/lib/csv/kind-of-bytes.ts'
import { encodeUtf16 } from './encode.ts'

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const zip = (...names: string[]) =>
  `PK\x03\x04\x14\0${'\0'.repeat(5000)}${names.join('PK\x01\x02')}`

describe('A file that is certainly not CSV', () => {
  it.each([
    ['', 'empty'],
    ['\x89PNG\r\n\x1a\n\0\0', 'image (PNG)'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image (JPEG)'],
    ['GIF89a', 'image (GIF)'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image (WebP)'],
    ['\0\0\0\x18ftypheic', 'image (HEIF)'],
    ['%PDF-1.7\n%\xe2\xe3', 'PDF document. Send a CSV file.'],
    [zip('[Content_Types].xml', 'xl/workbook.xml'), 'Excel workbook. Save it as CSV'],
    [
      zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'LibreOffice spreadsheet. Save',
    ],
    [zip('Index/Document.iwa', 'Index/Tables/x.iwa'), 'Numbers spreadsheet. Save it as CSV'],
    [zip('word/document.xml'), 'Word document'],
    [zip('march.csv'), 'archive (ZIP). Unpack it'],
    ['\x1f\x8b\x08\0', 'gzip). Unpack it'],
    ["7z\xbc\xaf'\x1c", '7-Zip'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0', 'old Excel. Save it as CSV'],
    ['SQLite format 3\0', 'SQLite'],
    [
      '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      'Excel',
    ],
    ['\r\n<!DOCTYPE html>\n<html lang="de">', 'web page (HTML). It may be the login page'],
    ['<html><head>', 'web page'],
    ['<!-- Bank -->\n<table><tr>', 'web page'],
    [
      '\xef\xbb\xbf<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">',
      'CAMT statement (XML). Only CSV can be imported',
    ],
    ['<?xml version="1.0"?><feed>', 'XML file'],
    ['OFXHEADER:100\nDATA:OFXSGML', 'OFX file. Only CSV'],
    ['<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>', 'OFX file'],
    ['!Type:Bank\nD3/14/26\nT-5', 'QIF file. Only CSV'],
    [':20:STARTUMS\r\n:25:10020030/1234567\r\n:28C:1', 'MT940 statement. Only CSV'],
    ['{1:F01BANKDEFF}{2:O940}{4:\r\n:20:X', 'MT940'],
    ['ABNANL2A\r\n940\r\nABNANL2A\r\n:20:X\r\n:25:1\r\n', 'MT940'],
    ['{"date": "2026-03-14"}', 'JSON'],
    ['[\n  {"date":', 'JSON'],
    ['{\\rtf1', 'RTF'],
  ])('is named: %.40j', (text, message) => {
    expect(kindOfBytes(latin1(text))).toContain(message)
  })

  it('is named in UTF-16 as well', () => {
    expect(kindOfBytes(encodeUtf16('\ufeff<html>', true))).toContain('web page')
    expect(kindOfBytes(encodeUtf16('{"a":1}', false))).toContain('JSON')
  })

  it.each([
    'date,amount\n',
    '\xef\xbb\xbf"date","amount"\n',
    '<date>,amount',
    'PKN Orlen,5\n',
    'BMW,5',
    '[Account],x\n',
    '{date},x',
    '!important,x',
    ':20:,x',
    'html,x',
    'text with <html> in it,x',
    'II*;x',
  ])('is not seen in text: %j', (text) => {
    expect(kindOfBytes(latin1(text))).toBeUndefined()
  })
})
