/** A maskable field that a request needs, behind the name of the parameter that asks for it, if any. */
export type FieldUse = `${string}:${string}`

/** Uses that no parameter asks for: the operation itself needs the fields. */
export const needs = (...fields: string[]): FieldUse[] =>
  fields.map((field): FieldUse => `:${field}`)
