import { gzipSync } from 'node:zlib';

/** A .tar.gz of text files; the same files give the same bytes. */
export function tarGz(files: ReadonlyMap<string, string>): Buffer {
  const blocks: Buffer[] = [];
  for (const [path, text] of files) {
    const body = Buffer.from(text);
    blocks.push(header(path, body.length), body, Buffer.alloc(padding(body.length)));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const padding = (size: number) => (512 - (size % 512)) % 512;

const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** POSIX ustar: fixed fields, numbers in octal, and a checksum that counts itself as spaces. */
function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`too long for a tar header: ${path}`);
  const block = Buffer.alloc(512);
  block.write(path, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12), 108);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
