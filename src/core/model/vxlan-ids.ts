/** The option by which an engine says a network's VXLAN numbers, separated by commas: one a subnet. */
export const vxlanOption = 'com.docker.network.driver.overlay.vxlanid_list'

/** The numbers (VNI) of an overlay network; none where no engine says so. */
export function vxlanIds(options: Readonly<Record<string, string>>): readonly number[] {
  return (options[vxlanOption] ?? '').split(',').flatMap((text) => (/^\d+$/.test(text) ? [Number(text)] : []))
}
