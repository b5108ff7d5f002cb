import type { z } from '@hono/zod-openapi'
import { eq, getTableColumns, type Column, type Table } from 'drizzle-orm'
import type { PgColumnBuilderBase } from 'drizzle-orm/pg-core'

/**
 * Who sets a field. `read`: the service alone. `create`: the client, when it creates the record.
 * `write`: the client, at any time.
 */
export type Use = 'read' | 'create' | 'write'

/** One field of a record. Its key is its name on the wire, in SQL and in files. */
export interface Field {
  use: Use
  column: (name: string) => PgColumnBuilderBase
  /** The rule for what clients send; required for `create` and `write`. */
  input?: z.ZodType
  /** Whether a client may leave it out when it creates the record. */
  optional?: boolean
  /** The rule for what clients receive. */
  output: z.ZodType
  example: unknown
  /** The rule of a query parameter of the same name, which must equal the field. */
  filter?: z.ZodType
  /** Whether lists can be sorted by it. */
  sort?: true
  /** How it can be masked for a role: left out, or for text also shortened to its first letter. */
  mask?: 'hide' | 'partial'
  /** Whether CSV files have it: in exports only, or in imports too. */
  csv?: 'export' | 'import'
}

export type Fields = Record<string, Field>

type Named<F extends Fields, Part> = {
  [K in keyof F as F[K] extends Part ? K : never]: F[K]
}
type Inputs<F extends Fields, U extends Use> = {
  [K in keyof Named<F, { use: U; input: z.ZodType }>]: F[K] extends {
    input: infer I extends z.ZodType
    optional: true
  }
    ? z.ZodOptional<I>
    : F[K] extends { input: infer I extends z.ZodType }
      ? I
      : never
}
type Outputs<F extends Fields> = { [K in keyof F]: F[K]['output'] }
type Filters<F extends Fields> = {
  [K in keyof Named<F, { filter: z.ZodType }>]: F[K] extends { filter: infer R extends z.ZodType }
    ? z.ZodOptional<R>
    : never
}
export type Columns<F extends Fields> = { [K in keyof F]: ReturnType<F[K]['column']> }

type Loose<T> = { [K in keyof T]?: T[K] | undefined }

/** A valid body that creates a record, and one that changes it. */
export type NewRecord<F extends Fields> = z.output<z.ZodObject<Inputs<F, 'create' | 'write'>>>
export type Patch<F extends Fields> = Loose<z.output<z.ZodObject<Inputs<F, 'write'>>>>

/** Values of exact filters. */
export type FilterValues<F extends Fields> = Loose<z.output<z.ZodObject<Filters<F>>>>

/** Names of the fields that an exact filter exists for. */
export type FilterName<F extends Fields> = keyof Filters<F> & string

/** Names of the fields that lists can be sorted by. */
export type SortName<F extends Fields> = keyof Named<F, { sort: true }> & string
export type SortValue<F extends Fields> = SortName<F> | `-${SortName<F>}`

/** Names of the fields that can be masked for a role. */
export type MaskableName<F extends Fields> = keyof Named<F, { mask: 'hide' | 'partial' }> & string

/** What clients receive of a record. */
export type Response<F extends Fields> = { [K in keyof F]: z.output<F[K]['output']> }

const namesOf = (fields: Fields, fits: (field: Field) => boolean = () => true) =>
  Object.keys(fields).filter((name) => fits(fields[name]!))

const each = <T>(names: readonly string[], make: (name: string) => T) =>
  Object.fromEntries(names.map((name) => [name, make(name)]))

/** Some properties of an object. */
export const pick = <T extends object, K extends keyof T & string>(from: T, names: readonly K[]) =>
  each(names, (name) => from[name as K]) as Pick<T, K>

/** Fresh columns for a table or a view: Drizzle's builders belong to the table they are given to. */
export const columnsOf = <F extends Fields>(fields: F) =>
  each(namesOf(fields), (name) => fields[name]!.column(name)) as Columns<F>

/** The columns that an insert sets: the id and what clients give. */
export const insertColumnsOf = <F extends Fields>(fields: F) =>
  each(['id', ...createNames(fields)], (name) => fields[name]!.column(name)) as Pick<
    Columns<F>,
    'id' | (keyof Named<F, { use: 'create' | 'write' }> & string)
  >

/** The names of the fields that clients may set, and of those that they may change. */
export const createNames = (fields: Fields) => namesOf(fields, ({ use }) => use !== 'read')
export const writeNames = (fields: Fields) => namesOf(fields, ({ use }) => use === 'write')

/** The shape of a response. */
export const outputShape = <F extends Fields>(fields: F) =>
  each(namesOf(fields), (name) => fields[name]!.output) as Outputs<F>

const inputOf = ({ input, optional }: Field) => (optional ? input!.optional() : input!)

/** The shape of a body that creates a record. */
export const createShape = <F extends Fields>(fields: F) =>
  each(createNames(fields), (name) => inputOf(fields[name]!)) as Inputs<F, 'create' | 'write'>

/** The shape of a body that changes a record; every field may be left out. */
export const patchShape = <F extends Fields>(fields: F) =>
  each(writeNames(fields), (name) => inputOf(fields[name]!)) as Inputs<F, 'write'>

/** Query parameters that must equal a field. */
export const filterShape = <F extends Fields>(fields: F) =>
  each(
    namesOf(fields, ({ filter }) => filter !== undefined),
    (name) => fields[name]!.filter!.optional(),
  ) as Filters<F>

export const filterNames = <F extends Fields>(fields: F) =>
  namesOf(fields, ({ filter }) => filter !== undefined) as FilterName<F>[]

/** Conditions that rows of a view equal the values of exact filters; undefined accepts any value. */
export const exactFilters = <F extends Fields>(
  fields: F,
  view: Record<FilterName<F>, Column>,
  values: FilterValues<F>,
) =>
  filterNames(fields).map((name) => {
    const value = (values as Record<string, unknown>)[name]
    return value === undefined ? undefined : eq(view[name], value)
  })

/** Values of `sort`: a name for ascending order, with `-` before it for descending. */
export const sortValues = <F extends Fields>(fields: F) =>
  namesOf(fields, ({ sort }) => sort === true).flatMap((name) => [
    `-${name}`,
    name,
  ]) as SortValue<F>[]

export const maskableNames = <F extends Fields>(fields: F) =>
  namesOf(fields, ({ mask }) => mask !== undefined) as MaskableName<F>[]

/** The columns of an export, and those that an import reads. */
export const exportNames = (fields: Fields) => namesOf(fields, ({ csv }) => csv !== undefined)
export const importNames = <F extends Fields>(fields: F) =>
  namesOf(fields, ({ csv }) => csv === 'import') as (keyof Named<F, { csv: 'import' }> & string)[]

export const exampleOf = <F extends Fields>(fields: F) =>
  each(namesOf(fields), (name) => fields[name]!.example) as { [K in keyof F]: F[K]['example'] }

/** A row as clients receive it: instants in RFC 3339, everything else as it is. */
export const responseOf = <F extends Fields>(fields: F, row: Record<keyof F, unknown>) =>
  each(namesOf(fields), (name) => {
    const value = row[name]
    return value instanceof Date ? value.toISOString() : value
  }) as Response<F>

/**
 * A row out of JSON that the database made of it (`to_jsonb`), as a query would return it. A column
 * that is younger than the JSON is null.
 */
export function rowFromJson<T extends Table>(table: T, json: unknown): T['$inferSelect'] {
  const values = json as Record<string, unknown>
  const row: T['$inferSelect'] = Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => {
      const value = values[column.name] ?? null
      return [key, value === null ? null : column.mapFromDriverValue(value)]
    }),
  )
  return row
}
