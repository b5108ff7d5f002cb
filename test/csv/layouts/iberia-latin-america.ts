import type { Layout } from './layout.ts'

export const spain: Layout[] = [
  {
    name: 'BBVA in words of Spanish with an available balance',
    file: `Fecha;F.Valor;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones
31/03/2026;30/03/2026;Panaderia Sol;Pago con tarjeta;-3,40;EUR;1.196,60;EUR;4940 PANADERIA SOL
27/03/2026;27/03/2026;Abono de nomina;Transferencia recibida;1.150,00;EUR;1.200,00;EUR;EJEMPLO SL
`,
    rows: ['2026-03-31 -3.40 EUR | notes: Panaderia Sol', '2026-03-27 1150.00 EUR'],
  },
  {
    name: 'Santander España with lines before the header and saldo',
    file: `MOVIMIENTOS CUENTA
CUENTA: ES91 2100 0418 4502 0005 1332;;;
SALDO: 870,00 EUR;;;
;;;
Fecha Operación;Fecha Valor;Concepto;Importe;Saldo;Divisa
30/03/2026;29/03/2026;Compra Farmacia Luna, Tarj. :*1234;-30,00;870,00;EUR
28/03/2026;28/03/2026;Recibo Luz;-100,00;900,00;EUR
`,
    rows: ['2026-03-30 -30.00 EUR', '2026-03-28 -100.00 EUR'],
  },
  {
    name: 'Cargo and abono in columns of their own',
    query: 'currency=EUR',
    file: `FECHA;CONCEPTO;CARGO;ABONO;SALDO
13/03/2026;Colegio;125,00;;875,00
16/03/2026;Nómina;;1.125,00;2.000,00
`,
    rows: ['2026-03-13 -125.00 EUR', '2026-03-16 1125.00 EUR'],
  },
  {
    name: 'CaixaBank with amounts that end in EUR',
    file: `Fecha,Fecha valor,Movimiento,Más datos,Importe,Saldo
27/03/2026,27/03/2026,MERCADO CENTRAL,TARJETA *1234,"-22,15EUR","477,85EUR"
26/03/2026,26/03/2026,TRANSFERENCIA,DE ANA PEREZ,"500,00EUR","500,00EUR"
`,
    rows: ['2026-03-27 -22.15 EUR', '2026-03-26 500.00 EUR'],
  },
]

export const portugal: Layout[] = [
  {
    name: 'Caixa Geral de Depósitos with lines before, débito and crédito, and balances',
    encoding: { charset: 'iso-8859-1', declared: true },
    query: 'currency=EUR',
    file: `Consultar saldos e movimentos à ordem - 02-04-2026

Conta ;0012345678900 - EUR - Conta Extracto
Data de início ;01-03-2026
Data de fim ;31-03-2026

Data mov. ;Data valor ;Descrição ;Débito ;Crédito ;Saldo contabilístico ;Saldo disponível ;Categoria ;
30-03-2026;29-03-2026;COMPRA PADARIA ;2,80;;1.097,20;1.097,20;Compras ;
27-03-2026;27-03-2026;TFI EXEMPLO LDA ;;1.000,00;1.100,00;1.100,00;Diversos ;
;;;; ;Saldo contabilístico ;1.097,20 EUR;;
`,
    rows: [
      '2026-03-30 -2.80 EUR | category: Compras',
      '2026-03-27 1000.00 EUR | category: Diversos',
    ],
    notBooked: 1,
  },
  {
    name: 'Millennium bcp with a type of Débito and Crédito beside signed amounts',
    query: 'currency=EUR',
    file: `Data lançamento;Data valor;Descrição;Montante;Tipo;Saldo
31/03/2026;31/03/2026;PAG SERV AGUAS;-18,90;Débito;481,10
30/03/2026;30/03/2026;TRF DE J SILVA;200,00;Crédito;500,00
`,
    rows: ['2026-03-31 -18.90 EUR', '2026-03-30 200.00 EUR'],
  },
  {
    name: 'ActivoBank with month names of Portuguese',
    query: 'currency=EUR',
    file: `Data Lanc.;Data Valor;Descrição;Valor;Saldo
14 fev 2026;13 fev 2026;Compra Livraria;-12,00;88,00
16 mar 2026;16 mar 2026;Ordenado;912,00;1.000,00
02 abr 2026;02 abr 2026;Renda;-400,00;600,00
`,
    rows: ['2026-02-14 -12.00 EUR', '2026-03-16 912.00 EUR', '2026-04-02 -400.00 EUR'],
  },
]

export const latinAmerica: Layout[] = [
  {
    name: 'Nubank account',
    query: 'currency=BRL',
    file: `Data,Valor,Identificador,Descrição
13/03/2026,-45.90,65f1a2b3-1111-4c4c-8d8d-000000000001,Transferência enviada pelo Pix - Padaria Central
16/03/2026,2500.00,65f1a2b3-1111-4c4c-8d8d-000000000002,Transferência Recebida - Exemplo Ltda
`,
    rows: ['2026-03-13 -45.90 BRL', '2026-03-16 2500.00 BRL'],
  },
  {
    name: 'Nubank card: purchases are positive and a payment is negative',
    query: 'currency=BRL',
    file: `date,title,amount
2026-03-13,Farmacia Boa,39.90
2026-03-12,Pagamento recebido,-800.00
2026-03-11,Posto Azul,150.00
2026-03-10,Cinema Arte,42.00
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-13 -39.90 BRL',
      '2026-03-12 800.00 BRL',
      '2026-03-11 -150.00 BRL',
      '2026-03-10 -42.00 BRL',
    ],
  },
  {
    name: 'Banco do Brasil with balances among the rows',
    encoding: { charset: 'iso-8859-1', declared: true },
    query: 'currency=BRL',
    file: `"Data","Dependencia Origem","Histórico","Data do Balancete","Número do documento","Valor",
"27/02/2026","","Saldo Anterior","","0","1000.00",
"02/03/2026","0000-0","Compra com Cartão - MERCADO SUL","","123","-120.50",
"03/03/2026","0000-0","Pix Recebido - EXEMPLO LTDA","","124","300.00",
"31/03/2026","","S A L D O","","0","1179.50",
`,
    rows: ['2026-03-02 -120.50 BRL', '2026-03-03 300.00 BRL'],
    notBooked: 2,
  },
  {
    name: 'Itaú with semicolons and the real sign',
    query: 'currency=BRL',
    file: `data;lançamento;ag./origem;valor (R$);saldos (R$)
28/02/2026;SALDO ANTERIOR;;;"R$ 1.000,00"
13/03/2026;PIX TRANSF MARIA13/03;;"-R$ 250,00";
13/03/2026;SALDO DO DIA;;;"R$ 750,00"
16/03/2026;SISPAG EXEMPLO LTDA;;"R$ 1.234,56";
16/03/2026;SALDO DO DIA;;;"R$ 1.984,56"
`,
    rows: ['2026-03-13 -250.00 BRL', '2026-03-16 1234.56 BRL'],
    notBooked: 3,
  },
  {
    name: 'Banco Inter with lines before the header',
    query: 'currency=BRL',
    file: ` Extrato Conta Corrente
Conta ;1234567
Período ;01/03/2026 a 31/03/2026
Saldo ;1.300,00

Data Lançamento;Histórico;Descrição;Valor;Saldo
13/03/2026;Pix enviado;Padaria Central;-200,00;800,00
16/03/2026;Pix recebido;Exemplo Ltda;500,00;1.300,00
`,
    rows: ['2026-03-13 -200.00 BRL', '2026-03-16 500.00 BRL'],
  },
  {
    name: 'BBVA México with cargo, abono and thousands by comma',
    query: 'currency=MXN',
    file: `Fecha,Descripción,Cargo,Abono,Saldo
13/03/2026,TIENDA LA ESQUINA,"1,250.00",,"8,750.00"
15/03/2026,SPEI RECIBIDO EJEMPLO SA,,"12,000.00","20,750.00"
`,
    rows: ['2026-03-13 -1250.00 MXN', '2026-03-15 12000.00 MXN'],
  },
  {
    name: 'Bancolombia without a header and with amounts of .00 left out',
    query: 'currency=COP',
    file: `98712345678,0,,20260313,,-45900.00,7251,COMPRA EN TIENDA D,0,
98712345678,0,,20260316,,2500000.00,8114,PAGO DE NOMINA EJEMPLO,0,
98712345678,0,,20260317,,-.75,3339,IMPTO GOBIERNO,0,
`,
    mayAsk: { option: 'mapping', value: 'account:1,date:4,amount:6,notes:8' },
    rows: ['2026-03-13 -45900.00 COP', '2026-03-16 2500000.00 COP', '2026-03-17 -0.75 COP'],
  },
  {
    name: 'Mercado Pago with a header of Spanish words after totals',
    query: 'currency=ARS',
    file: `INITIAL_BALANCE;CREDITS;DEBITS;FINAL_BALANCE
1.000,00;5.000,00;-1.500,00;4.500,00

RELEASE_DATE;TRANSACTION_TYPE;REFERENCE_ID;TRANSACTION_NET_AMOUNT;PARTIAL_BALANCE
13-03-2026;Pago Kiosco;97700000001;-1.500,00;-500,00
16-03-2026;Liquidación de dinero;97700000002;5.000,00;4.500,00
`,
    rows: ['2026-03-13 -1500.00 ARS', '2026-03-16 5000.00 ARS'],
  },
  {
    name: 'Banco de Chile with Cargos and Abonos, months of Spanish',
    mayAsk: { option: 'decimal', value: ',' },
    query: 'currency=CLP',
    file: `Fecha;Descripción;Canal o Sucursal;Cargos (CLP);Abonos (CLP);Saldo (CLP)
13-ene-2026;Pago:supermercado;Internet;45.900;;154.100
31-ago-2026;Traspaso De:Ana Soto;Internet;;145.900;300.000
`,
    rows: ['2026-01-13 -45900 CLP', '2026-08-31 145900 CLP'],
  },
]
