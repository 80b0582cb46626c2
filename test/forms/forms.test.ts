import { describe, expect, test } from 'vitest'
import { FORMS } from './index.js'
import { falseAlarms, isFound, mistakes, newFindings, shown } from './judge.js'
import { KNOWN_MISSES } from './known-misses.js'

const missed = new Set(KNOWN_MISSES.map(([form, what]) => `${form}: ${what}`))

describe.each(FORMS)('$part: $name', (form) => {
  const testOf = (what: string) => (missed.has(`${form.name}: ${what}`) ? test.fails : test)

  testOf('harmless')('harmless', () => {
    expect(shown(falseAlarms(form))).toEqual([])
  })

  for (const drift of form.drifts)
    testOf(drift.name)(drift.name, () => {
      expect(isFound(form, drift), shown(newFindings(form, drift)).join('\n') || 'nothing is found').toBe(
        true,
      )
    })
})

test('every form is code that can be read', () => {
  expect(FORMS.flatMap(mistakes)).toEqual([])
})

test('every name is unique, and every known miss is of a form that is there', () => {
  const all = FORMS.flatMap((form) =>
    ['harmless', ...form.drifts.map((one) => one.name)].map((what) => `${form.name}: ${what}`),
  )
  expect(new Set(all).size).toBe(all.length)
  expect([...missed].filter((one) => !all.includes(one))).toEqual([])
})
