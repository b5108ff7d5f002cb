/** The columns of an export, by which an import knows a file that comes from here. */
export const EXPORT_COLUMNS = [
  'id',
  'date',
  'type',
  'amount',
  'currency',
  'category',
  'notes',
  'external_id',
  'source',
  'user_id',
  'import_id',
  'version',
  'created_by',
  'created_at',
  'updated_at',
  'deleted_at',
] as const

/** In the first field of the last record of a file that was asked for with `trailer=true`. */
export const TRAILER_MARK = '#end'
