import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startWorkbench, type Workbench, type WorkbenchOptions } from './workbench'

/** The window of a test file; there is one from its first test to its last. */
export interface Scenario {
  readonly workbench: Workbench
}

/**
 * One window for all tests of a file, in their order, as steps of a scenario: what a step leaves on the screen, the next
 * one finds. After a failed step a picture and the logs are kept, and the later steps are skipped: they would only tell of
 * its consequences.
 */
export function useWorkbench(options: () => WorkbenchOptions | Promise<WorkbenchOptions>): Scenario {
  let workbench: Workbench | undefined
  let failedStep: string | undefined

  beforeAll(async () => {
    workbench = await startWorkbench(await options())
  })

  beforeEach(async ({ skip, onTestFailed, task }) => {
    if (failedStep !== undefined) skip(`"${failedStep}" failed`)
    const triesLeft = (typeof task.retry === 'number' ? task.retry : 0) - (task.result?.retryCount ?? 0)
    // What the first try left open takes the keys of the second.
    if (task.result?.retryCount) for (let n = 0; n < 3; n++) await workbench?.page.keyboard.press('Escape')
    onTestFailed(async () => {
      if (triesLeft === 0) failedStep = task.name
      const folder = await workbench?.keepEvidence(task.name)
      console.error(`What the window showed, and the logs: ${folder ?? 'nothing'}`)
    })
  })

  afterAll(async () => {
    await workbench?.[Symbol.asyncDispose]()
  })

  return {
    get workbench() {
      if (workbench === undefined) throw new Error('The window is only there inside a test.')
      return workbench
    },
  }
}
