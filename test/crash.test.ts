import { expect, test } from 'vitest'
import { planTrials, tryFaults } from './support/trial.js'

const trials = await planTrials()

test.each(Object.values(trials))('$name: a fault at every call, of every kind', (trial) => {
  const { tried, wrong } = tryFaults(trial)
  console.log(trial.name, tried, wrong.length)
  expect(wrong.slice(0, 20)).toEqual([])
})
