import { certificateReader } from '../../src/adapters/docker/certificate-reader'
import { localPrograms } from '../../src/adapters/local-programs'
import { systemClock } from '../../src/adapters/system-clock'
import type { Command, CommandContext } from '../../src/app/commands/command'
import { Examinations } from '../../src/app/examinations'
import { MachineRuns } from '../../src/app/machine/machine-runs'
import { RebuildMemory } from '../../src/app/machine/rebuild-memory'
import { StoredRepairs } from '../../src/app/repair/repair-memory'
import { RootAccess } from '../../src/app/root/root-access'
import { TestResults } from '../../src/app/test-results'
import type { NodeSubject } from '../../src/app/tree/tree-node'
import type { TerminalRequest } from '../../src/app/ui'
import { FakeStorage } from '../unit/fakes/fake-storage'
import { noLineFixes } from '../unit/fakes/no-line-fixes'
import { FakeUi, type Answer } from '../unit/fakes/fake-ui'
import type { FleetWithShells } from './open-fleet'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** The commands of the editor on the lab's fleet, run as its user would. */
export class EditorCommands {
  /** What the editor keeps of the last tests: findings and their fixes are taken from here. */
  readonly results = new TestResults()
  readonly #opened: FleetWithShells

  constructor(opened: FleetWithShells) {
    this.#opened = opened
  }

  /** Runs a command, answering what it asks; gives what it said. @throws what it throws, or what a repair showed that stopped */
  async run(command: Command, subject: NodeSubject, answers: readonly Answer[]): Promise<FakeUi> {
    const { service, shells } = this.#opened
    const ui = new FakeUi(answers)
    const shown: Promise<void>[] = []
    // The terminal of a repair opens by itself, as the editor's does.
    const openTerminal = ui.openTerminal.bind(ui)
    ui.openTerminal = (request) => {
      const showing = showTerminal(request)
      // Thrown once the command has ended: until then nobody waits for it.
      showing.catch(quiet)
      shown.push(showing)
      return openTerminal(request)
    }
    const noConnector = { connect: () => Promise.reject(new Error('No host is connected to here')) }
    const context: CommandContext = {
      ...{ fleet: service, connector: noConnector, shells, programs: localPrograms },
      root: new RootAccess({ askRootPassword: () => Promise.resolve(undefined) }),
      repairs: new StoredRepairs(new FakeStorage()),
      targetOf: () => {
        throw new Error('No host is added here')
      },
      ...{ results: this.results, examinations: new Examinations(), certificates: certificateReader },
      ...{ machineRuns: new MachineRuns(), rebuilds: new RebuildMemory(new FakeStorage()) },
      lineFixes: noLineFixes,
      ...{ ui, clock: systemClock, log },
      settings: { helper: undefined } as CommandContext['settings'],
    }
    await command.run(context, subject)
    await Promise.all(shown)
    if (ui.unused.length > 0) throw new Error(`Nobody asked for ${JSON.stringify(ui.unused)}; it said: ${ui.said}`)
    return ui
  }
}

/** A repair that stops asks what to do: then what it showed is why the test failed. */
async function showTerminal(request: TerminalRequest): Promise<void> {
  const session = await request.open({ columns: 80, rows: 24 }, new AbortController().signal)
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of session.output) {
    text += decoder.decode(chunk, { stream: true })
    if (!text.includes('L: leave it as it is')) continue
    session.write('l')
    throw new Error(text)
  }
}
