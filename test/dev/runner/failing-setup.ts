export default function setup(): void {
  throw new Error('No cluster')
}
