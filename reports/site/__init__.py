"""The site: a folder of pages that opens from disk and can be put on any static host.

`market.Market` asks the warehouse everything once; each module with a function `pages(market)` makes one kind of
page; `write.render` writes them. A new kind is one such module, its template, and its name in `write.KINDS`.
"""
