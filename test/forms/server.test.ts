import { HALVES } from './index.js'
import { testForms } from './test-forms.js'

testForms(HALVES[0] ?? [])
