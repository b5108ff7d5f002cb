/** English, by role; a number behind a role ranks words that are less certain (see ../headers.ts). */
export const en = `
  date: Booking Date | Date Booked | Booked Date | Booked | Posting Date | Posted Date | Post Date | Posted | Date Posted
  date: Posted On | Accounting Date | Account Date | Entry Date | Ledger Date | Process Date | Processed Date | Processing Date
  date: Date Processed | Settlement Date | Settled Date | Completed Date | Completion Date | Finished On | Clearing Date
  date: Cleared Date | Processed On | Bank Date | Statement Date | DTPOSTED | BookingDate | PostingDate
  date 2: Date | Txn Date | Dates | Book Date | Date and Time | Date Time | DateTime | Date/Time | Timestamp | Trn Date | Operation Date
  date 3: Transaction Date | Trans Date | Trans. Date | Tran Date | Trxn Date | Transaction Time | Date of Transaction | Purchase Date
  date 3: Started Date | Created On | Created At | Created | Payment Date | Date Created | Authorised On | Execution Date | Executed | When | Day
  value_date: Value Date | Val Date | Value Dat | Value Dt | Date Value | Valuta Date | Effective Date | Interest Date | ValueDate | Value Date (DD/MM/YYYY)
  amount: Amount | Transaction Amount | Txn Amount | Trans Amount | Trn Amt | Tran Amount | Amt | Net Amount | Amount in account currency
  amount: Account Amount | Booked Amount | Booking Amount | Billing Amount | Billed Amount | Settled Amount | Posted Amount | Base Amount
  amount: Amount Num. | Amount (signed) | Signed Amount | TRNAMT | Total Amount | Amount (Account Currency) | Charged Amount | Charge Amount
  amount 2: Net | Sum | Total | Value | Payment Amount | Amount paid | Payment | Purchase Amount | Amount in local currency | Money
  amount 3: Gross | Price | Cost | Source amount (after fees)
  debit: Debit | Debits | Debit Amount | Debit Amt | Debit Amnt | Amount Debit | Debit Value | Dr | Dr Amount | DR. | Debited | Debit Transactions
  debit: Account Debit | Debited Amount | Charges | Charge | Amount Debited
  credit: Credit | Credits | Credit Amount | Credit Amt | Credit Amnt | Amount Credit | Credit Value | Cr | Cr Amount | CR. | Credited
  credit: Account Credit | Credited Amount | Amount Credited
  amount_out: Money Out | Paid Out | Outflow | Outgoing | Outgoings | Amount Out | Out | Withdrawal | Withdrawals | Withdrawal Amount | Withdrawal Amt
  amount_out: Withdrawal Amt. | Withdraw | Withdrawn | Withdrawals Amount | Payments Out | Spent | Expense amount | Outflow amount | Expense | Expenses | Expenditure | Money spent
  amount_out: Payment Out | Paid | Cash Out | Debits Out | Withdrawals (Dr) | Withdrawal (Dr) | Paid (Out) | Spend
  amount_in: Money In | Paid In | Inflow | Incoming | Amount In | In | Deposit | Deposits | Deposit Amount | Deposit Amt | Deposit Amt. | Received
  amount_in: Payments In | Income | Receipts | Money received | Income amount | Inflow amount | Payment In | Cash In | Deposits (Cr) | Deposit (Cr) | Lodgement | Lodgements | Earned
  direction: Debit/Credit | Credit/Debit | Debit or Credit | Credit or Debit | D/C | C/D | DC | Dr/Cr | Cr/Dr | Dr / Cr | Drcr | Crdr | Credit Debit Indicator
  direction: Debit Credit Indicator | Credit/Debit Indicator | Direction | Transaction Direction | In/Out | Income/Expense | Expense/Income | Sign
  direction: Cr/Dr Indicator | CD Indicator | Credit Debit Flag | Inflow/Outflow | Payment Direction | Money In/Out | CDIND | Flow
  type_text: Type | Transaction Type | Trans Type | Txn Type | Tran Type | Trans. Type | TRNTYPE | Kind | Payment Type | Transaction Kind | Entry Type | Payment Method
  type_text: Transaction Code | Trans Code | Booking Type | Operation | Operation Type | Transaction Category Type | Subtype | Record Type | Method | Posting Type
  currency: Currency | Currency Code | Ccy | Curr | Cur | Currency Symbol | Account Currency | Transaction Currency | Iso Currency Code | Amount Currency
  currency: Billing Currency | Base Currency | CURDEF | Commodity | Unit | Booking Currency | Commodity/Currency
  currency 2: Source currency
  balance: Balance | Running Balance | Running Bal. | Account Balance | Balance After | Balance after transaction | Available Balance | Closing Balance
  balance: Current Balance | New Balance | Ending Balance | Ledger Balance | Book Balance | Balance Amount | Bal | Balance (after) | Running Total | Total Balance
  payee: Payee | Merchant | Merchant Name | Payer | Counterparty | Counterparty Name | Counter Party | Beneficiary | Beneficiary Name | Recipient
  payee: Recipient Name | Payee Name | Beneficiary/Payer | Payer/Payee | Payee/Payer | Payer/Beneficiary | Target name | To/From | Received From | Paid To
  payee: Partner Name | Partner | Counter Party Name | Beneficiary / Remitter | Remitter | Destination Name | Merchant/Payee | Sent to | Vendor | Supplier | Payer or Payee
  payee 2: Name | Opposing Name | Opposing account name | Destination | Sender | Customer | Sender/Receiver | Sender / Receiver | Receiver | Contact | Store | Other party | Payee's name
  payee 3: From | To | Source name | To Name | From Name | Appears On Your Statement As | Company | Clean Merchant | Custom Name | Simple Description
  counter_account: Counterparty Account | Counter Account | Opposing Account | Opposing IBAN | Counterparty IBAN | Beneficiary Account | Beneficiary IBAN | Partner IBAN
  counter_account: Payee Account | Payee Account Number | Recipient Account | Other Account | To Account | Counter account number | Contra Account | Counterparty Account Number
  counter_account: Destination IBAN | Target Account | To account number | Offset Account | Counteraccount | Partner Account Number | Beneficiary account number | Payer Account
  notes: Description | Transaction Description | Details | Transaction Details | Narrative | Narration | Memo | Purpose | Payment Details | Payment Purpose
  notes: Particulars | Remarks | Transaction Remarks | Message | Note | Notes | Comment | Comments | Text | Information | Additional Information | Payment Reference
  notes: Extended Details | Notes and #tags | Original Description | Original Statement | Item | Statement Text | Remittance Information | Communication
  notes: Full Description | Payment Description | Transaction Text | Subject | Item Title | Reason | Payee Memo | Label
  notes: Statement Description | Bank Description | Transaction Narrative | Trans Description | Title | Remark | Original Name | Additional Details | Narrative Text | Message to payee
  notes 2: Reference Text | Narrative #1 | Narrative #2 | Narrative #3 | Other details | More details | Info | Extra Information | Address | Location | Analysis Code | Code
  amount: Credit/Debit Amount | Debit/Credit Amount
  date: Date entered
  category 2: Category Group/Category
  currency: Posted Currency
  original_amount: Txn Amount (Foreign Spend)
  category: Category | Categories | Category Name | Spending Category | Budget Category | Transaction Category | Main Category | Category Path
  category 2: Envelope | Budget | Sub Category | Subcategory | Sub-category | Personal Category | Expense Category | Parent Category
  external_id: Transaction ID | TransactionID | FITID | UUID | ID | Unique ID | Unique Transaction ID | External ID | Txn ID | Trans ID | Payment ID | Transaction UUID
  external_id: TransferWise ID | Wise ID | Transaction Identifier | Entry ID | Internal ID | Journal ID | Transaction Hash | Booking ID | Bank Transaction ID | Record ID | Trn ID
  external_id 3: Group ID
  reference: Reference | Reference Number | Ref | Ref. | Ref No | Ref No. | Reference No | Reference No. | Transaction Reference | Bank Reference | Customer Reference
  reference: Payment Ref | Transaction Ref | Transaction Reference Number | Ref Number | End to End ID | End-to-end reference | Mandate Reference | Creditor ID | Ref No./Cheque No.
  reference: Transfer reference | Receipt ID | Receipt Number | Invoice Number | Invoice ID | Order ID | Authorization Code | Approval Code | Trace Number | Reference Txn ID | UTR Number | Chq./Ref.No.
  account: Account | Account Number | Account No | Account No. | Account Name | IBAN | Own Account | From Account | Client Account | Card Number | Card No. | Card
  account: Account IBAN | Card Member | Account # | Acc No | Account Nickname | Source account | Source IBAN | Card Last 4 | Last 4 | Product | Wallet | Asset Account
  account 2: Cardholder | Member Name | Card Holder | Cardholder Name | Account Type | Institution | Institution Name | Account Id | Account Mask | Bank Name | From account number | Full Account Name | Portfolio
  ignore: Sort Code | BSB Number | Created by | Updated at | Updated on | Source type | Destination type | Zip Code | Postal Code | Reconcile Date | Row type | Void Reason | Exchange From
  ignore: Exchange To | Ignored From | Card Holder Full Name | Batch | Split Amount | Value Num. | Value With Sym | Category split | Original Date | Ref currency amount
  fee: Fee | Fees | Fee Amount | Transaction Fee | Source fee amount | Target fee amount | Charges Amount | Commission | Bank fee | Fee Value | Service fee | Total fees
  status: Status | State | Transaction Status | Cleared | Pending | Is Pending | Booked | Posted | Settled | Declined | Posting Status | Payment Status | Booking Status | Transaction State | Reconciled | Reconcile
  original_amount: Local amount | Main currency amount | In main currency | Original Amount | Foreign Amount | Foreign Currency Amount | Foreign Spend Amount | Amount in foreign currency | Amount (Foreign Currency) | Amount in original currency
  original_amount: Local currency amount | Instructed Amount | Native Amount | Transaction currency amount | Target amount (after fees) | Amount in transaction currency | Merchant Amount | Amount in Transaction Currency
  original_currency: Main currency | Source fee currency | Target fee currency | Ref currency | Primary currency code | Original Currency | Foreign Currency | Local currency | Instructed Currency | Type Foreign Currency | Foreign currency code | Target currency | Merchant Currency | Spend Currency
  exchange_rate: Exchange Rate | FX Rate | Conversion Rate | Rate | Currency Rate | Exchange Rate Used | Forex Rate | Applied rate | Rate/Price
  time: Time | Time of Transaction | Hour | Transaction Time (local) | Time Zone | Timezone
  number: Check Number | Cheque Number | Check or Slip # | Check # | Check No | Check | Cheque | Cheque No | Cheque No. | Chq No | Chqno | Chq/Ref No | Chq/Ref Number | Check Num | Chq No. | Serial Number | Serial No
  number: Number | No | No. | Num | S No | S No. | Sl No | Sr No | Sr. No. | Document Number | Instrument No | Slip Number | Cheque Details | CHECKNUM | Sequence Number | Row | Statement Number | Line | Receipt
  tax: Tax | VAT | GST | Sales Tax | Tax Amount | VAT Amount | Tax rate | VAT Rate
`
