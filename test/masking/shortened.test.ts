import { compareTwins } from './compare-twins.ts'

compareTwins('partial')
