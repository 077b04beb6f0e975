import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import { until } from '../harness/until'

/** Stands where the user has a Docker host: nothing may knock before the user wants something of it. */
let host: Server
let knocks = 0
let folder: string

beforeAll(async () => {
  host = createServer((socket) => {
    knocks++
    socket.destroy()
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  folder = await mkdtemp(join(tmpdir(), 'sn-trust-'))
  // The second line's unknown key makes a problem, by which one sees that the extension has read the file.
  await writeFile(
    join(folder, 'app.connectivity.yaml'),
    'must:\n  - { from: shell1, to: web, tcp: 80 }\n  - { from: shell1, to: db, tpc: 80 }\n  - { from: web, to: db }\n',
  )
})

afterAll(async () => {
  host.close()
  await rm(folder, { recursive: true, force: true })
})

const options = () => ({
  vsix: vsixPath,
  folder,
  asksForTrust: true,
  settings: {
    'swarmNetworks.hosts': [{ name: 'mine', url: `tcp://127.0.0.1:${(host.address() as AddressInfo).port}` }],
    'swarmNetworks.sources.localSocket': false,
    'security.workspace.trust.startupPrompt': 'always',
  },
})

describe('a folder with a contract that nobody trusts', () => {
  const scenario = useWorkbench(options)

  it('has its contract read, and makes nobody ask a host', async () => {
    const { workbench } = scenario
    await workbench.dialog.waitFor('Do you trust the authors')
    await workbench.dialog.press(/^No, I don't trust/)
    await workbench.openFile('app.connectivity.yaml')
    await workbench.problems.waitFor(/Did you mean `tcp`/)
    await workbench.editors.hover('web')
    const said = await workbench.editors.hoverText(/because this folder is not trusted/)
    expect(said).toContain('No host was asked')
    await workbench.screenshot('t1-restricted')
    expect(knocks).toBe(0)
  })

  it('has its lines in the Testing view, which tests none of them', async () => {
    const { palette, testExplorer, dialog, page } = scenario.workbench
    await palette.run('Testing: Focus on Test Explorer View')
    await testExplorer.waitFor('app.connectivity.yaml')
    await testExplorer.expand('app.connectivity.yaml')
    await testExplorer.waitFor('web must reach db')
    await palette.run('Test: Run All Tests')
    await dialog.waitFor(/trust/i)
    await page.keyboard.press('Escape')
    await scenario.workbench.screenshot('t2-testing')
    expect(knocks).toBe(0)
  })

  it('lets the user look at hosts of their own all the same', async () => {
    const { workbench } = scenario
    await workbench.activityBar.open('Swarm Networks')
    await workbench.tree('Hosts').waitFor(['mine'])
    await until('the host to be asked', () => knocks > 0)
  })
})

describe('a folder with a contract that is trusted', () => {
  const scenario = useWorkbench(options)

  it('makes nobody ask a host as long as nobody looks at one or tests a line', async () => {
    const { workbench } = scenario
    knocks = 0
    await workbench.dialog.waitFor('Do you trust the authors')
    await workbench.dialog.press(/^Yes, I trust/)
    await workbench.openFile('app.connectivity.yaml')
    await workbench.problems.waitFor(/Did you mean `tcp`/)
    await workbench.screenshot('t3-trusted')
    expect(knocks).toBe(0)
  })

  it('has them asked when somebody opens the Testing view', async () => {
    const { palette, testExplorer } = scenario.workbench
    await palette.run('Testing: Focus on Test Explorer View')
    await testExplorer.waitFor('app.connectivity.yaml')
    await until('the host to be asked', () => knocks > 0)
  })
})
