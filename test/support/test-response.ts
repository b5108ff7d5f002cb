/** A response that was read to its end. `body` is undefined where there was none. */
export interface TestResponse<Body = any> {
  status: number
  headers: Headers
  body: Body
  text: string
}
