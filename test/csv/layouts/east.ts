import type { Layout } from './layout.ts'

export const poland: Layout[] = [
  {
    name: 'mBank with many lines before the header, # in headers and PLN in amounts',
    encoding: { charset: 'windows-1250', declared: true },
    file: `mBank S.A. Bankowość Detaliczna;
Skrytka Pocztowa 2108;
90-959 Łódź 2;

#Klient;
ERYKA WZÓR;

Lista operacji;

#Za okres:;
01.03.2026;31.03.2026;

#zgodnie z wybranymi filtrami wyszukiwania;
#dla rachunków:;
eKonto - 12345678901234567890123456;

#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;
2026-03-30;"ŻABKA  ZAKUP PRZY UŻYCIU KARTY";"eKonto 1234 ... 3456";"Żywność i chemia domowa";-1 012,40 PLN;;
2026-03-27;"PRZYKŁAD SP Z O O  PRZELEW ZEWNĘTRZNY PRZYCHODZĄCY";"eKonto 1234 ... 3456";"Wynagrodzenie";6 200,00 PLN;;
`,
    rows: [
      '2026-03-30 -1012.40 PLN | category: Żywność i chemia domowa',
      '2026-03-27 6200.00 PLN | category: Wynagrodzenie',
    ],
  },
  {
    name: 'PKO BP with six columns without a name',
    encoding: { charset: 'windows-1250', declared: true },
    file: `"Data operacji","Data waluty","Typ transakcji","Kwota","Waluta","Saldo po transakcji","Opis transakcji","","","",""
"2026-03-31","2026-03-29","Płatność kartą","-18.99","PLN","+981.01","Tytuł: 000483 74","Lokalizacja: Kraj: POLSKA Miasto: Gdańsk Adres: PIEKARNIA","Data i czas operacji: 2026-03-29","",""
"2026-03-27","2026-03-27","Przelew na rachunek","+500.00","PLN","+1000.00","Rachunek nadawcy: 12 3456","Nazwa nadawcy: PRZYKŁAD SA","Tytuł: PREMIA","",""
`,
    rows: ['2026-03-31 -18.99 PLN', '2026-03-27 500.00 PLN'],
  },
  {
    name: 'ING Bank Śląski with lines before and after, and a locked amount without a date of booking',
    encoding: { charset: 'windows-1250', declared: true },
    file: `"Lista transakcji";;"ING Bank Śląski S.A. ul. Sokolska 34";;;;;;;;;;;;;;;;;;;
"Dokument nr 0001";;;;;;;;;;;;;;;;;;;;;
"Data wygenerowania dokumentu: 2026-04-02";;;;;;;;;;;;;;;;;;;;;

"Data transakcji";"Data księgowania";"Dane kontrahenta";"Tytuł";"Nr rachunku";"Nazwa banku";"Szczegóły";"Nr transakcji";"Kwota transakcji (waluta rachunku)";"Waluta";"Kwota blokady/zwolnienie blokady";"Waluta";"Kwota płatności w walucie";"Waluta";"Konto";"Saldo po transakcji";"Waluta";;;;
2026-03-31;;" KAWIARNIA LIPA ";" Płatność kartą ";;"";"KARTA";;;;-14,00;PLN;;;"KONTO Direct";;;;;;
2026-03-30;2026-03-31;" KSIĘGARNIA MATRAS ";" Płatność kartą 29.03.2026 ";;"";"TR.KART";'202608930001';-59,90;PLN;;;;;"KONTO Direct";2940,10;PLN;;;;
2026-03-27;2026-03-27;" PRZYKŁAD SA ";" Wynagrodzenie ";;"";"PRZELEW";'202608630002';3000,00;PLN;;;;;"KONTO Direct";3000,00;PLN;;;;

"Dokument ma charakter informacyjny, nie stanowi dowodu księgowego";;;;;;;;;;;;;;;;;;;;;
`,
    rows: ['2026-03-31 -59.90 PLN', '2026-03-27 3000.00 PLN'],
    notBooked: 'any',
  },
  {
    name: 'Santander Bank Polska: the first line is a summary, and there is not any header',
    query: 'currency=PLN',
    file: `2026-04-02,01-03-2026,'12 3456 7890 1234 5678 9012 3456,ERYKA WZÓR,PLN,"900,00","1010,00",2
31-03-2026,30-03-2026,APTEKA POD LWEM,,,"-40,00","1010,00",2
27-03-2026,27-03-2026,PRZELEW,PRZYKŁAD SA,12 1090,"150,00","1050,00",1
`,
    rows: ['2026-03-31 -40.00 PLN', '2026-03-27 150.00 PLN'],
    notBooked: 'any',
  },
  {
    name: 'Alior with obciążenie and uznanie',
    query: 'currency=PLN',
    file: `Data księgowania;Nadawca/Odbiorca;Tytuł płatności;Obciążenie;Uznanie;Saldo
13-03-2026;Czynsz Spółdzielnia;Marzec;650,00;;1 350,00
16-03-2026;Jan Kowalski;Zwrot;;50,00;1 400,00
`,
    rows: ['2026-03-13 -650.00 PLN', '2026-03-16 50.00 PLN'],
  },
]

export const czechia: Layout[] = [
  {
    name: 'Fio banka with lines before the header and a sum after',
    file: `"účet číslo";"2000123456/2010"
"měna";"CZK"
"počáteční stav účtu k 01.03.2026";"1 000,00"
"koncový stav účtu k 31.03.2026";"15 755,00"
"suma příjmů";"+15 000,00"
"suma výdajů";"-245,00"

"ID pohybu";"Datum";"Objem";"Měna";"Protiúčet";"Název protiúčtu";"Kód banky";"Název banky";"KS";"VS";"SS";"Uživatelská identifikace";"Zpráva pro příjemce";"Typ";"Provedl";"Upřesnění";"Komentář";"BIC";"ID pokynu"
"26800000001";"13.03.2026";"-245,00";"CZK";"";"";"";"";"";"";"";"Nákup: PEKÁRNA";"";"Platba kartou";"Vzorová";"";"";"";"31000000001"
"26800000002";"16.03.2026";"15000,00";"CZK";"2100123456";"Příklad s.r.o.";"0800";"Česká spořitelna";"";"";"";"Výplata";"";"Bezhotovostní příjem";"";"";"";"";"31000000002"
`,
    rows: ['2026-03-13 -245.00 CZK', '2026-03-16 15000.00 CZK'],
  },
  {
    name: 'Air Bank with directions in Czech and a time',
    file: `"Datum provedení";"Směr úhrady";"Typ úhrady";"Skupina plateb";"Měna účtu";"Částka v měně účtu";"Poplatek v měně účtu";"Název protistrany";"Poznámka k úhradě"
"13/03/2026";"Odchozí";"Platba kartou";"Nákupy";"CZK";"-320,00";"0,00";"Drogerie";""
"16/03/2026";"Příchozí";"Příchozí úhrada";"Příjmy";"CZK";"1 500,00";"0,00";"Jan Novák";"Dluh"
`,
    rows: ['2026-03-13 -320.00 CZK', '2026-03-16 1500.00 CZK'],
  },
  {
    name: 'Česká spořitelna in UTF-16',
    encoding: { charset: 'utf-16le', declared: false, mark: true },
    file: `Číslo účtu;Datum zaúčtování;Částka;Měna;Název protiúčtu;Zpráva pro příjemce
2000123456/0800;2026/03/13;-99,50;CZK;Kavárna;
2000123456/0800;2026/03/16;800,00;CZK;Příklad;Odměna
`,
    rows: ['2026-03-13 -99.50 CZK', '2026-03-16 800.00 CZK'],
  },
]

export const slovakia: Layout[] = [
  {
    name: 'Tatra banka with Kredit and Debet beside unsigned amounts',
    query: 'currency=EUR',
    file: `Dátum zaúčtovania,Dátum transakcie,Suma,Mena,Typ,Popis
13.03.2026,12.03.2026,4.80,EUR,Debet,Cukráreň
16.03.2026,16.03.2026,1200.00,EUR,Kredit,Mzda
`,
    rows: ['2026-03-13 -4.80 EUR', '2026-03-16 1200.00 EUR'],
  },
]

export const hungary: Layout[] = [
  {
    name: 'Erste Bank with dates that end in a dot and amounts without cents',
    file: `Dátum és időpont;Értéknap;Partner neve;Partner számlaszám;Összeg;Devizanem;Közlemény
2026.03.13.;2026.03.13.;Pékség;;-1 250;HUF;Vásárlás
2026.03.16.;2026.03.16.;Minta Kft.;12345678-12345678;412 000;HUF;Munkabér
`,
    rows: ['2026-03-13 -1250.00 HUF', '2026-03-16 412000.00 HUF'],
  },
  {
    name: 'OTP without a header, with T and J',
    file: `"117730161111101800000000","T",-5400,"HUF",20260313,20260313,94600,,"Villanyszámla","","","","VASARLAS",""
"117730161111101800000000","J",250000,"HUF",20260316,20260316,344600,,"Minta Kft.","","","","ATUTALAS",""
"117730161111101800000000","T",-600,"HUF",20260317,20260317,344000,,"Parkolás","","","","VASARLAS",""
`,
    rows: ['2026-03-13 -5400.00 HUF', '2026-03-16 250000.00 HUF', '2026-03-17 -600.00 HUF'],
  },
]

export const balkans: Layout[] = [
  {
    name: 'Romania: Banca Transilvania with lines before the header and debit with a minus',
    query: 'currency=RON',
    file: `Clauza de confidentialitate,,,,,,
Titular cont:,EXEMPLU ERICA,,,,,
Perioada:,01-03-2026 - 31-03-2026,,,,,

Data tranzactie,Data valuta,Descriere,Referinta tranzactiei,Debit,Credit,Sold contabil
2026-03-30,2026-03-30,"Plata la POS;FARMACIA ALBA",000AAAA01,-45.30,,"1,954.70"
2026-03-27,2026-03-27,"Incasare OP;EXEMPLU SRL",000AAAA02,,"2,000.00","2,000.00"
`,
    rows: ['2026-03-30 -45.30 RON', '2026-03-27 2000.00 RON'],
  },
  {
    name: 'Croatia: isplata and uplata',
    query: 'currency=EUR',
    file: `Datum;Opis;Isplata;Uplata;Stanje
13.03.2026.;Pekara;3,20;;96,80
16.03.2026.;Plaća;;1.100,00;1.196,80
`,
    mayAsk: { option: 'mapping', value: 'date:Datum,notes:Opis,debit:Isplata,credit:Uplata' },
    rows: ['2026-03-13 -3.20 EUR', '2026-03-16 1100.00 EUR'],
  },
]

export const turkey: Layout[] = [
  {
    name: 'Turkey: Tutar and Bakiye in windows-1254',
    encoding: { charset: 'windows-1254', declared: true },
    query: 'currency=TRY',
    file: `Tarih;Açıklama;Tutar;Bakiye
13.03.2026;Fırın alışveriş;-125,50;874,50
16.03.2026;Maaş Örnek A.Ş.;40.000,00;40.874,50
`,
    mayAsk: { option: 'mapping', value: 'date:Tarih,notes:Açıklama,amount:Tutar,balance:Bakiye' },
    rows: ['2026-03-13 -125.50 TRY', '2026-03-16 40000.00 TRY'],
  },
]
