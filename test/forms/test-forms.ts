import { describe, expect, test } from 'vitest'
import type { Form } from './form.js'
import { FORMS } from './index.js'
import { falseAlarms, isFound, mistakes, newFindings, shown } from './judge.js'
import { KNOWN_MISSES } from './known-misses.js'

const missed = new Set(KNOWN_MISSES.map(([form, what]) => `${form}: ${what}`))

/** Every form is no drift, and every drift in it is found at its place. */
export function testForms(forms: readonly Form[]): void {
  describe.each(forms)('$part: $name', (form) => {
    const testOf = (what: string) => (missed.has(`${form.name}: ${what}`) ? test.fails : test)

    testOf('harmless')('harmless', () => {
      expect(shown(falseAlarms(form))).toEqual([])
    })

    for (const drift of form.drifts)
      testOf(drift.name)(drift.name, () => {
        const more = shown(newFindings(form, drift)).join('\n')
        expect(isFound(form, drift), more || 'nothing is found').toBe(true)
      })
  })

  // Outside of the tests above, where a mistake in a form would pass for a miss.
  test('every form is code that can be read', () => {
    expect(forms.flatMap(mistakes)).toEqual([])
  })

  test('every name is unique, and every known miss is of a form that is there', () => {
    const all = FORMS.flatMap((form) =>
      ['harmless', ...form.drifts.map((one) => one.name)].map((what) => `${form.name}: ${what}`),
    )
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([])
    expect([...missed].filter((one) => !all.includes(one))).toEqual([])
  })
}
