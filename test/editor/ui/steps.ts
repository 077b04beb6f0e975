import type { Lab } from '../../lab/lab'
import { until } from '../harness/until'
import type { Workbench } from '../harness/workbench'

/** What a person does in the editor for the main job, each step waiting for what that person would see. */
export class Steps {
  readonly workbench: Workbench

  constructor(workbench: Workbench) {
    this.workbench = workbench
  }

  get hosts() {
    return this.workbench.tree('Hosts')
  }

  get networks() {
    return this.workbench.tree('Networks')
  }

  /** Opens the view and waits until every host is connected. */
  async openView(names: readonly string[]): Promise<void> {
    await this.workbench.activityBar.open('Swarm Networks')
    for (const name of names)
      await this.hosts.waitFor([name], { timeout: 30_000, where: (row) => /20\.|26\./.test(row.description) })
  }

  /** Fills the form of a new overlay network, all questions but the name as they are offered. */
  async createNetwork(name: string): Promise<void> {
    const { quickInput, palette, dialog, notifications } = this.workbench
    await palette.run('Swarm: Create Overlay Network…')
    await quickInput.waitFor('Create Overlay Network (1/6)')
    await quickInput.enter(name)
    await quickInput.waitFor('Create Overlay Network (2/6)')
    await quickInput.accept()
    await this.#acceptTheRest()
    await dialog.waitFor(`Create the overlay network ${name}?`)
    await dialog.press('Create')
    await notifications.waitFor(`The network ${name} was created.`)
    await this.networks.waitFor([name])
  }

  /** Runs a container from a network's context menu. */
  async runContainer(network: string, container: NewContainer): Promise<void> {
    const { quickInput, notifications } = this.workbench
    await this.networks.chooseFromMenu([network], 'Run Container on Network…')
    await quickInput.waitFor(/Run Container \(2\/8\)/)
    await quickInput.pick(container.host)
    await quickInput.waitFor(/Run Container \(3\/8\)/)
    await quickInput.pick(container.image)
    await quickInput.waitFor(/Run Container \(4\/8\)/)
    await quickInput.enter(container.name)
    await quickInput.waitFor(/Run Container \(5\/8\)/)
    await this.#acceptTheRest()
    await notifications.waitFor(`${container.name} runs at ${container.host} on ${network}`)
    await this.networks.expand([network])
    await this.networks.waitFor([network, container.name])
  }

  /** Runs the test from the network's context menu, and gives the text of the message that ends it. */
  async testConnectivity(network: string): Promise<string> {
    // The message of an earlier test would be taken for this one's.
    await this.workbench.palette.run('Notifications: Clear All Notifications')
    await this.networks.chooseFromMenu([network], 'Test Connectivity…')
    const message = await this.workbench.notifications.waitFor(new RegExp(`^${network}: `), { timeout: 60_000 })
    const [outcome = ''] = /\d+ of \d+ pairs? \w+/.exec(message) ?? []
    await this.workbench.webview.getByText(outcome).first().waitFor()
    return message
  }

  /** The label of the first finding under a network's last test. */
  async firstFinding(network: string): Promise<string> {
    await this.networks.expand([network, 'Last test'])
    return until('a finding', async () => {
      const rows = await this.networks.rows()
      const test = rows.findIndex(({ label }) => label === 'Last test')
      const next = rows[test + 1]
      return next?.level === 3 && next.label
    })
  }

  /** Presses Enter in each further question, so that its default counts. */
  async #acceptTheRest(): Promise<void> {
    const { quickInput } = this.workbench
    for (;;) {
      const before = await quickInput.title()
      await quickInput.accept()
      const after = await until('the next question', async () => {
        if (!(await quickInput.isOpen())) return { title: undefined }
        const title = await quickInput.title()
        return title !== before && { title }
      })
      if (after.title === undefined) return
    }
  }
}

export interface NewContainer {
  readonly name: string
  readonly image: string
  readonly host: string
}

/** Settings that name the lab's machines as a person would: over SSH, with a key. */
export function labSettings(lab: Lab): Readonly<Record<string, unknown>> {
  return {
    'swarmNetworks.hosts': lab.machines.map((machine) => ({
      name: machine.name,
      url: machine.sshUrl('docker-user'),
      identityFile: lab.description.sshKey,
    })),
    'swarmNetworks.sources.localSocket': false,
  }
}

/** Settings that name the lab's machines by their sockets, as if each were this machine. */
export async function socketSettings(lab: Lab): Promise<Readonly<Record<string, unknown>>> {
  const hosts = lab.machines.map(async (machine) => ({ name: machine.name, url: `unix://${await machine.socket()}` }))
  return { 'swarmNetworks.hosts': await Promise.all(hosts), 'swarmNetworks.sources.localSocket': false }
}
