import {
  array,
  boolean,
  coerce,
  discriminatedUnion,
  email,
  enum as enumeration,
  int,
  iso,
  literal,
  looseObject,
  NEVER,
  number,
  object,
  preprocess,
  record,
  strictObject,
  string,
  union,
  unknown,
  url,
  uuid,
  ZodType,
} from 'zod/v4'

/**
 * What the Worker uses of zod. wrangler.toml puts this in the place of `zod`, because a bundler
 * cannot leave anything out of a namespace that is handed around whole, and the locales alone are
 * a fifth of the bundle. `ZodType` is for @hono/zod-openapi, which adds a method to it.
 */
export const z = {
  array,
  boolean,
  coerce,
  discriminatedUnion,
  email,
  enum: enumeration,
  int,
  iso,
  literal,
  looseObject,
  NEVER,
  number,
  object,
  preprocess,
  record,
  strictObject,
  string,
  union,
  unknown,
  url,
  uuid,
  ZodType,
}
