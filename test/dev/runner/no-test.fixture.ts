export const nothing = 'A file without a test.'
