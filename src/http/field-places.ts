import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi'
import { matchedRoutes } from 'hono/route'
import type { AppContext, AppEnv } from './context.ts'

/** Turns the name of a field into the place where the request has it: `query.date_from`. */
export type Locate = (field: string) => string

const namesOf = (schema: unknown): string[] =>
  typeof schema === 'object' && schema !== null && 'shape' in schema
    ? Object.keys(schema.shape as object)
    : []

const fieldsOf = ({ request }: RouteConfig) => ({
  path: namesOf(request?.params),
  query: namesOf(request?.query),
})

const keyOf = (method: string, path: string) => `${method.toUpperCase()} ${path}`

/**
 * Looks fields up in the definition of the route that was called; what is neither in its path nor in
 * its query is in the body. No route has a name in two of them, which a contract test holds.
 */
export function createFieldPlaces(app: OpenAPIHono<AppEnv>): (c: AppContext) => Locate {
  let routes: Map<string, ReturnType<typeof fieldsOf>> | undefined
  const readRoutes = () =>
    new Map(
      app.openAPIRegistry.definitions.flatMap((definition) =>
        definition.type === 'route'
          ? [
              [
                keyOf(definition.route.method, definition.route.path.replace(/\{(\w+)\}/g, ':$1')),
                fieldsOf(definition.route),
              ] as const,
            ]
          : [],
      ),
    )
  return (c) => {
    routes ??= readRoutes()
    const matched = matchedRoutes(c).find(({ method }) => method !== 'ALL')
    const known = matched && routes.get(keyOf(matched.method, matched.path))
    return (field) => {
      // A parameter is one field, whatever is in it: `lines.4` is a line of the body.
      const place = (['path', 'query'] as const).find((each) => known?.[each].includes(field))
      return [place ?? 'body', field].filter(Boolean).join('.')
    }
  }
}
