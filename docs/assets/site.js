// The theme's search is a dialog without a name; a screen reader shall say what opened.
document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search")
