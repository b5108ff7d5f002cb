import { swaggerUI } from '@hono/swagger-ui'
import type { Env, Handler } from 'hono'

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** The files of swagger-ui-dist are copied by dev/copy-swagger-ui.ts. */
const render = swaggerUI({
  url: '/openapi.json',
  baseUrl: '',
  title: 'Edgebook API',
  displayRequestDuration: true,
  tryItOutEnabled: true,
  filter: true,
})

/** On a phone, the cells of Swagger UI's tables are below each other, and the page does not scroll sideways. */
const narrowScreens = `@media (max-width: 640px) {
  .swagger-ui .opblock-body {
    overflow-wrap: anywhere;
    :is(.parameters, .responses-table) {
      &, > tbody, > tbody > tr, > tbody > tr > td { display: block; max-width: none; }
      > thead, > tbody > tr > td.response-col_links { display: none; }
    }
    .headers { table-layout: fixed; }
  }
}`

/** Swagger UI from our own files. What is inline here gets a nonce: nothing else may be inline. */
export const docsPage: Handler<Env, string> = async (c, next) => {
  const page = (await render(c, next)) as Response
  const nonce = crypto.randomUUID()
  const html = (await page.text())
    .replaceAll('<script>', `<script nonce="${nonce}">`)
    .replace(
      '</head>',
      '<link rel="icon" href="/swagger-ui-dist/favicon-32x32.png" />' +
        `<style nonce="${nonce}">${narrowScreens}</style></head>`,
    )
  c.header('Content-Security-Policy', policy(nonce))
  return c.html(html)
}
