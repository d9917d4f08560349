// Lets a process import TypeScript, with stack traces that name its lines.
import { register } from 'node:module';
import process from 'node:process';

process.setSourceMapsEnabled(true);
register('./swc-hooks.mjs', import.meta.url);
