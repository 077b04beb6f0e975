/** Twice as fine as the screen counts, so that texts stay sharp; less where the picture would not fit a canvas. */
const scale = 2
/** What browsers take, in pixels of one side. */
const maxSide = 16_000

/** The picture as PNG, in base64. */
export async function rasterize(picture: {
  readonly svg: string
  readonly width: number
  readonly height: number
}): Promise<string> {
  const { svg, width, height } = picture
  const factor = Math.min(scale, maxSide / width, maxSide / height)
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * factor)
    canvas.height = Math.round(height * factor)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('The window gives no canvas to draw on')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '')
  } finally {
    URL.revokeObjectURL(url)
  }
}
