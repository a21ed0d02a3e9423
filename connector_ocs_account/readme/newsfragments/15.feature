Administrative data has an addon of its own.

It can fill the location of an asset, too.
