import { expect, it } from 'vitest'
import { rules } from '../../../src/core/diagnosis/rules/rule-list'
import { cases } from '../../lab/fault-matrix/cases'
import { notInMatrix } from '../../lab/fault-matrix/not-in-matrix'

it('every rule of the diagnosis is in the fault matrix, or it is said where it is proved', () => {
  const made = cases.flatMap(({ cause, byProbesAlone, also = [] }) => [cause, byProbesAlone, ...also])
  const elsewhere = notInMatrix.map(({ cause }) => cause)
  expect(rules.map(({ id }) => id).filter((id) => ![...made, ...elsewhere].includes(id))).toEqual([])
  expect(elsewhere.filter((id) => made.includes(id))).toEqual([])
})
