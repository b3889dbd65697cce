"""The blocks of a word processor's document while it is walked: paragraphs, lists and tables."""


class Blocks:
    """Collects what is open on stacks, so that a document is walked without recursion.

    Ends that were never begun do nothing: the documents are foreign.
    """

    def __init__(self) -> None:
        self._blocks: list[tuple[bool, str]] = []
        self._paragraphs: list[list[str]] = []
        self._tables: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []

    def begin_paragraph(self) -> None:
        self._paragraphs.append([])

    def add(self, words: str) -> None:
        """Adds to the paragraph that is open; what stands outside of all is no text."""
        if self._paragraphs:
            self._paragraphs[-1].append(words)

    def end_paragraph(self, *, is_item: bool = False) -> str:
        """Closes a paragraph and gives its text, with single spaces and no empty lines."""
        if not self._paragraphs:
            return ""
        lines = (" ".join(line.split()) for line in "".join(self._paragraphs.pop()).split("\n"))
        text = "\n".join(line for line in lines if line)
        self.emit(text, is_item=is_item)
        return text

    def begin_table(self) -> None:
        self._tables.append([])

    def begin_row(self) -> None:
        self._rows.append([])

    def begin_cell(self) -> None:
        self._cells.append([])

    def end_cell(self) -> None:
        if self._cells:
            cell = " ".join(self._cells.pop())
            if self._rows:
                self._rows[-1].append(cell)

    def end_row(self) -> None:
        row = self._rows.pop() if self._rows else []
        if self._tables and any(row):
            self._tables[-1].append(" | ".join(row).rstrip(" |"))

    def end_table(self) -> None:
        if self._tables:
            self.emit("\n".join(self._tables.pop()))

    def emit(self, text: str, *, is_item: bool = False) -> None:
        """Adds a block to the cell that is open, else to the document."""
        if not text:
            return
        if self._cells:
            self._cells[-1].append(" ".join(text.split()))
        else:
            self._blocks.append((is_item, text))

    def text(self) -> str:
        """The blocks apart by a blank line, the items of a list by a line end."""
        text: list[str] = []
        was_item = False
        for is_item, block in self._blocks:
            if text:
                text.append("\n" if is_item and was_item else "\n\n")
            text.append(block)
            was_item = is_item
        return "".join(text)
