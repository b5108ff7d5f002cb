/** French, Spanish, Italian and Portuguese, by role. */

export const fr = `
  date: Date de comptabilisation | Date comptable | Date opération | Date d'opération | Date de l'opération | Date d'écriture | dateOp | Date Op
  date: Date d'exécution | Date de traitement | Date de règlement | Date de clôture | Date d'imputation | Date de passation | Date comptabilisation | Comptabilisé le
  date 2: Date | Jour | Date et heure
  date 3: Date de transaction | Date de la transaction | Date transaction | Date d'achat | Date de l'achat | Date de début | Date de paiement | Date de la vente
  value_date: Date de valeur | Date valeur | Valeur | dateVal | Date Val | Date de la valeur
  amount: Montant | Montant en euros | Montant de l'opération | Montant net | Net | Montant de la transaction | Montant du mouvement | Somme
  amount: Montant (devise du compte) | Montant opération | Montant TTC | Montant en devise du compte
  amount 3: Brut | Avant commission | Prix | Total
  debit: Débit | Débits | Montant débit | Débit euros | Montant au débit | Débit (-)
  credit: Crédit | Crédits | Montant crédit | Crédit euros | Montant au crédit | Crédit (+)
  amount_out: Dépense | Dépenses | Sortie | Sorties | Retrait | Retraits | Paiements | Décaissement
  amount_in: Recette | Recettes | Entrée | Entrées | Dépôt | Dépôts | Revenu | Revenus | Versement | Encaissement
  direction: Sens | Débit/Crédit | Crédit/Débit | Signe | Sens de l'opération | Impact sur le solde | D/C
  type_text: Type | Type opération | Type d'opération | Type de transaction | Nature | Type de mouvement | Nature de l'opération | Moyen de paiement | Mode de paiement | Genre
  currency: Devise | Monnaie | Devise du compte | Code devise | Devise de l'opération
  balance: Solde | Solde après opération | Solde du compte | accountbalance | Solde comptable | Nouveau solde | Solde courant
  payee: Bénéficiaire | Tiers | Donneur d'ordre | Nom de la contrepartie | Contrepartie | Commerçant | supplierFound | Émetteur | Nom du tiers | Nom contrepartie
  payee: Destinataire | Nom contrepartie contient | Nom du bénéficiaire | Marchand | Nom du commerçant | Débiteur/Créancier
  payee 2: Nom | Nom du titulaire | Expéditeur
  counter_account: Compte contrepartie | Compte de contrepartie | IBAN contrepartie | Compte bénéficiaire | Compte contrepartie contient | Numéro de compte bénéficiaire | Compte partie adverse | Compte adverse
  notes: Libellé | Libelle | Libellé opération | Libelle operation | Libellé simplifié | Libelle simplifie | Description | Communication | Communications | Détail | Détails
  notes: Libellé de l'opération | Motif | Informations complémentaires | Texte de notification | Libellé complémentaire | Commentaire | Commentaires | Note | Notes | Référence de paiement
  notes: Détails du mouvement | Message | Texte | Détail de l'écriture | Mémo | Libellé d'origine | Objet | Communication structurée | Communication libre | Description de la transaction | Intitulé
  notes 2: Rue et numéro | Code postal et localité | Lieu | Adresse | Autre
  category: Catégorie | Catégories | Categorie | categoryParent
  category 2: Sous-catégorie | Sous categorie | Catégorie parent
  external_id: Identifiant | N° de transaction | Numéro de transaction | Identifiant de transaction | Id transaction
  reference: Référence | Réf | Reference operation | Référence de l'opération | Numéro de référence | Référence client | Informations complementaires référence | Référence mandat
  account: Compte | Numéro de compte | N° de compte | Nom du compte | accountNum | accountLabel | Numéro de carte | Compte donneur d'ordre | Libellé compte | Titulaire
  fee: Frais | Commission | Commissions | Frais de transaction
  status: Statut | État | Etat | Pointage | Pointage operation | Rapproché | Pointé
  original_amount: Montant d'origine | Montant en devise | Montant devise | Montant initial | Montant en devise étrangère | Montant original
  original_currency: Devise d'origine | Devise étrangère | Devise originale
  exchange_rate: Taux de change | Taux | Cours
  time: Heure | Fuseau horaire
  number: Numéro | N° | Numéro de chèque | N° chèque | Numéro de séquence | Numéro d'extrait | Numéro de transaction extrait
  tax: TVA | Taxe | Montant TVA
`

export const es = `
  date: Fecha contable | Fecha de contabilización | Fecha operación | F. Operación | F. Operativa | Fecha operativa | Fecha de operación | Fecha de la operación | F. Contable | F.Operación
  date: Fecha de cargo | Fecha de registro | Fecha de liquidación | Fecha de finalización | Fecha de publicación | Fecha apunte
  date 2: Fecha | Día | Fecha y hora
  date 3: Fecha transacción | Fecha de transacción | Fecha de la transacción | Fecha movimiento | Fecha de compra | Fecha de inicio | Fecha de pago | Fecha del movimiento
  value_date: Fecha valor | F. Valor | F.Valor | Fecha de valor | F Valor
  value_date 3: Valor
  amount: Importe | Monto | Cantidad | Importe EUR | Importe movimiento | Importe operación | Importe neto | Neto | Importe de la operación | Monto de la transacción | Importe (Divisa cuenta)
  amount: Monto total | Importe en euros | Movimiento neto
  amount 3: Bruto | Precio | Total
  debit: Cargo | Cargos | Debe | Débito | Débitos | Importe cargo | Monto cargo | Adeudo | Debitos | Importe débito
  credit: Abono | Abonos | Haber | Crédito | Créditos | Importe abono | Monto abono | Importe crédito
  amount_out: Gasto | Gastos | Retiro | Retiros | Salida | Salidas | Pagos | Egreso | Egresos | Reintegro | Giros
  amount_in: Ingreso | Ingresos | Depósito | Depósitos | Entrada | Entradas
  direction: Cargo/Abono | Debe/Haber | D/H | Signo | Abono/Cargo | Débito/Crédito | Crédito/Débito | Sentido | Ingreso/Gasto | Gasto/Ingreso | Efecto en el saldo | Impacto en el saldo
  type_text: Tipo | Tipo de movimiento | Tipo de operación | Tipo movimiento | Tipo operación | Movimiento | Operación | Tipo de transacción | Clase | Forma de pago
  currency: Divisa | Moneda | Divisa cuenta
  balance: Saldo | Disponible | Saldo disponible | Saldo contable | Saldo final | Saldo posterior | Saldo después | Saldo actual | Saldo parcial
  payee: Beneficiario | Ordenante | Comercio | Ordenante/Beneficiario | Contraparte | Establecimiento | Nombre del beneficiario | Remitente | Destinatario | Beneficiario/Ordenante
  payee: Nombre contraparte | Beneficiario u ordenante | Pagador
  payee 2: Nombre | Nombre destinatario
  counter_account: Cuenta destino | Cuenta beneficiario | Cuenta contraparte | IBAN beneficiario | Cuenta de destino | Número de cuenta del beneficiario | Cuenta origen/destino
  notes: Concepto | Descripción | Observaciones | Detalle | Detalles | Más datos | Comentario | Comentarios | Concepto ampliado | Nota | Notas | Mensaje | Información adicional | Glosa
  notes: Descripción del movimiento | Asunto | Texto | Detalle de la operación | Descripción ampliada | Concepto de la operación | Asunto del pago | Conceptos | Referencia de pago
  category: Categoría | Categorías
  category 2: Subcategoría | Rubro
  external_id: Id. de transacción | ID de transacción | Id transacción | Número de transacción | Identificador | Clave de rastreo
  reference: Referencia | Referencia 1 | Referencia 2 | Número de referencia | N° Documento | Nro. Documento | Folio | Comprobante | Referencia del pago
  account: Cuenta | Número de cuenta | IBAN cuenta | Tarjeta | Número de tarjeta | Nº Tarjeta | Cuenta ordenante | Nombre de la cuenta
  fee: Comisión | Comisiones | Tarifa
  status: Estado | Situación | Estado de la operación
  original_amount: Importe original | Importe divisa | Monto original | Importe en divisa | Importe en moneda extranjera | Importe divisa original
  original_currency: Divisa original | Moneda original | Moneda extranjera | Divisa extranjera
  exchange_rate: Tipo de cambio | Cambio | Tasa de cambio
  time: Hora | Zona horaria
  number: Número | Nº | Nº Apunte | Num. Apunte | Número de cheque | Cheque | Oficina | Nro | Número de movimiento
  tax: IVA | Impuesto | Impuestos
`

export const it = `
  date: Data contabile | Data contabilizzazione | Data registrazione | Data contab. | Data di contabilizzazione | Data di registrazione | Data di addebito | Data completamento | Data di completamento
  date 2: Data_Operazione | Data operazione | Data dell'operazione | Data di esecuzione | Data pagamento | Data movimento
  date 2: Data | Giorno | Data e ora
  date 3: Data transazione | Data acquisto | Data della transazione | Data di inizio | Data di acquisto
  value_date: Data valuta | Valuta | Data_Valuta | Data di valuta | Data Val.
  amount: Importo | Importo in euro | Importo operazione | Importo netto | Netto | Importo (EUR) | Importo transazione | Ammontare | Importo movimento
  amount 3: Lordo | Prezzo | Totale
  debit: Dare | Addebito | Addebiti | Dare (EUR) | Importo addebito | Debito
  credit: Avere | Accredito | Accrediti | Importo accredito | Credito
  amount_out: Uscita | Uscite | Spesa | Spese | Prelievi | Pagamenti | Prelievo
  amount_in: Entrata | Entrate | Versamenti | Incassi | Versamento | Ricavi
  direction: Dare/Avere | D/A | Segno | Addebito/Accredito | Verso | Entrata/Uscita | Entrate/Uscite | Effetto sul saldo | Impatto sul saldo
  type_text: Tipo | Tipologia | Tipo operazione | Tipo movimento | Tipo di operazione | Tipo transazione | Operazione | Causale ABI | Tipologia operazione | Tipo di transazione | Moneymap
  currency: Divisa | Valuta conto | Codice divisa
  currency 3: Valuta
  balance: Saldo | Saldo contabile | Saldo disponibile | Saldo progressivo | Saldo finale
  payee: Beneficiario | Ordinante | Controparte | Esercente | Beneficiario/Ordinante | Ordinante/Beneficiario | Destinatario | Mittente | Nome controparte | Esercizio commerciale
  payee 2: Nome | Intestatario
  counter_account: Conto controparte | IBAN controparte | IBAN beneficiario | Conto beneficiario | Coordinate beneficiario
  notes: Descrizione | Causale | Descrizione operazione | Descrizione completa | Dettagli | Descrizione_Completa | Note | Nota | Descrizione estesa | Oggetto | Messaggio
  notes: Dettaglio | Dettagli operazione | Causale / Descrizione | Descrizione causale | Motivo | Informazioni aggiuntive | Riferimento pagamento | Testo | Commento
  category: Categoria | Categoria movimento
  category 2: Sottocategoria
  external_id: Codice transazione | ID transazione | Identificativo | Codice identificativo | Numero transazione
  reference: Riferimento | CRO | TRN | Riferimenti | Numero riferimento | Codice riferimento
  account: Conto | Numero conto | Conto corrente | Conto o carta | Carta | Numero carta | Rapporto | Nome conto
  fee: Commissione | Commissioni | Tariffa
  status: Stato | Stato operazione | Contabilizzazione | Stato del movimento
  original_amount: Importo originale | Importo in divisa | Importo divisa originale | Importo in valuta | Importo valuta
  original_currency: Divisa originale | Valuta originale | Valuta estera
  exchange_rate: Cambio | Tasso di cambio
  time: Ora | Fuso orario
  number: Numero | N. | N° | Numero assegno | Filiale
  tax: IVA | Imposta | Tasse
`

export const pt = `
  date: Data Lançamento | Data de Lançamento | Data Mov. | Data Movimento | Data do movimento | Data do lançamento | Data contabilística | Data mov | Data de registo | Data de conclusão | Data operação
  date 2: Data | Dia | Data e hora
  date 3: Data da transação | Data transação | Data da compra | Data compra | Data de início | Data da operação | Data do pagamento
  value_date: Data valor | Data-valor | Data Val. | Data-Valor | Data de valor
  amount: Valor | Montante | Valor (R$) | Quantia | Importância | Valor líquido | Líquido | Valor da transação | Valor do movimento | Valor em reais | Valor lançamento | Montante EUR
  amount 3: Bruto | Preço | Total
  debit: Débito | Débitos | Valor débito | A débito
  credit: Crédito | Créditos | Valor crédito | A crédito
  amount_out: Despesa | Despesas | Saída | Saídas | Levantamentos | Saídas (R$)
  amount_in: Receita | Receitas | Entrada | Entradas | Depósitos | Entradas (R$)
  direction: Débito/Crédito | Crédito/Débito | D/C | Sinal | Natureza | Receita/Despesa | Entrada/Saída | Impacto no saldo | Sentido
  type_text: Tipo | Tipo de movimento | Tipo de transação | Tipo de lançamento | Operação | Tipo Transação | Forma de pagamento
  currency: Moeda | Divisa | Código da moeda
  balance: Saldo | Saldo contabilístico | Saldo disponível | Saldo após movimento | Saldo (R$) | Saldo do dia | Saldo contabilístico após movimento | Saldo final
  payee: Beneficiário | Favorecido | Estabelecimento | Destinatário | Ordenante | Comerciante | Origem / Destino | Contraparte | Remetente | Favorecido/Pagador
  payee 2: Nome | Razão Social
  counter_account: Conta destino | Conta de destino | IBAN destino | Conta contraparte | IBAN beneficiário
  notes: Descrição | Histórico | Lançamento | Detalhe | Detalhes | Observação | Observações | Mensagem | Descritivo | Descrição do movimento | Título | Comentário | Nota | Notas
  notes: Título da transação | Informação adicional | Motivo | Texto | Complemento
  category: Categoria | Categorias
  category 2: Subcategoria
  external_id: Identificador | ID da transação | Código da transação | ID transação | Código de transação
  reference: Referência | Docto. | Documento | Nº documento | Número Documento | Número de referência | Dcto.
  account: Conta | Número da conta | Cartão | Número do cartão | Final do Cartão | Conta ordenante | Nome da conta
  fee: Comissão | Taxa | Tarifa | Comissões
  status: Estado | Situação | Estado do movimento
  original_amount: Montante original | Valor original | Valor (em US$) | Montante em moeda estrangeira | Valor em moeda estrangeira
  original_currency: Moeda original | Moeda estrangeira
  exchange_rate: Câmbio | Taxa de câmbio | Cotação (em R$) | Cotação
  time: Hora | Fuso horário
  number: Número | Nº | Número do cheque | Agência
  tax: IVA | Imposto
`
