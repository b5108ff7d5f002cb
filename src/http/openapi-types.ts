import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'

export type Document = ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']>
export type Paths = NonNullable<Document['paths']>
export type Operation = NonNullable<Paths[string]['get']>
export type Parameter = NonNullable<Operation['parameters']>[number]
export type Responses = NonNullable<NonNullable<Document['components']>['responses']>

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
