import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/db/enums.ts', './src/**/*.table.ts'],
  out: './drizzle',
  schemaFilter: ['data'],
})
