"""Summit Record's generator: data/ -> Markdown pages under docs/.

The way of a fact, one direction only:

    load    data/*.yml and seeds/*.json -> FactBase
    check   FactBase -> problems, or none
    view    a record and the FactBase -> what its page shows
    render  what a page shows -> Page(path, text)
    export  the same records -> data files for programs
    write   pages -> docs/, only what differs
"""
