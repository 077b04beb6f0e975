import { describe, expect, test } from 'vitest'
import { vsixPath } from '../harness/artifacts'
import { recordFigure } from '../harness/figures'
import { useWorkbench } from '../harness/scenario'

describe('the packaged extension in an editor that knows no host', () => {
  const scenario = useWorkbench(() => ({
    vsix: vsixPath,
    settings: { 'swarmNetworks.sources.localSocket': false },
  }))

  test('shows its view and says how to begin', async () => {
    const { workbench } = scenario
    await workbench.activityBar.open('Swarm Networks')
    await workbench.tree('Hosts').waitForWelcome('No Docker host is known yet.')
    await workbench.tree('Networks').waitForWelcome('Networks appear here')
    await workbench.screenshot('0-no-hosts')
  })

  test('offers its commands in the palette, and none that needs a row', async () => {
    const { palette } = scenario.workbench
    expect(await palette.offers('Swarm: Add Host…')).toBe(true)
    expect(await palette.offers('Swarm: Remove Host from Settings…')).toBe(false)
  })

  test('is activated, in the time that the workbench reports', async () => {
    const { workbench } = scenario
    const time = await workbench.runningExtensions.activationMs('Swarm Networks')
    await recordFigure('activation as the workbench reports it, ms', time)
    expect(time).toBeGreaterThan(0)
  })
})
