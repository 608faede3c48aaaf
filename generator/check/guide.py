"""What people want to know of a rule besides what is good: why it is there, and how to mend what it refuses."""

from __future__ import annotations

from typing import NamedTuple

FORM = {
    "syntax": "A file is YAML.",
    "encoding": "A file is UTF-8.",
    "plain-yaml": "A file is plain YAML: no anchors, aliases, tags or second document.",
    "tab": "A file is indented with spaces; there is no tab in it.",
    "invisible-character": "A text holds only what can be seen; a space is a plain space.",
    "comment-after-value": "A comment stands on a line of its own, so that no text loses its end to a '#'.",
    "duplicate-key": "A key stands once in a mapping.",
    "empty-file": "A file holds its record or records.",
    "empty-value": "A key has a value; without one the key is taken away.",
    "depth": "A file is nested no deeper than a record needs.",
    "file": "Every file in data/ can be read.",
    "file-name": "A file lies in the folder of its kind, and its name is an id and .yml.",
    "file-size": "A file is no larger than can be read at once.",
    "too-many": "A file, a list and a mapping hold no more than a person can look through.",
    "unknown-key": "A record has only the keys of its kind.",
    "missing-key": "A record has every key that all of its kind have.",
    "wrong-type": "A list stands where a list is meant, a mapping or one value where these are.",
    "wrong-value": "A value is of the form that its key asks for: a date, an id, one of a few words.",
    "unique-id": "An id belongs to one record, whatever its kind.",
    "fact-id": "The id of a fact is its file's name, -f and a number of two or more digits.",
    "checksum": "A text at hand is the very one that the fingerprint in seeds/ was made from.",
    "fingerprint-file": "A file in seeds/ is what 'summit-record fingerprint' made, unchanged.",
    "register-line": "data/published.txt is written by 'summit-record register' only.",
}
"""What is good by each rule of form, which the loader applies before the others."""


class Advice(NamedTuple):
    """Why a rule is there, and how to mend what it refuses."""

    why: str
    mend: str


ADVICE = {
    "syntax": Advice(
        "What cannot be read cannot be checked.",
        "Look at the line above as well: often a quote or bracket is not closed, or a text with ': ' is not quoted.",
    ),
    "encoding": Advice("Names with diacritics must be the same everywhere.", "Save the file as UTF-8 in your editor."),
    "plain-yaml": Advice(
        "What a line says must be seen in that line, by people and by every tool.",
        "Write the value out where it is meant, and one document in a file.",
    ),
    "tab": Advice(
        "YAML takes a tab for no indentation.", "Indent with spaces; 'check --fix' mends tabs between values."
    ),
    "invisible-character": Advice(
        "Two texts that look alike must be alike, or search and proofs fail without a visible reason.",
        "'check --fix' takes them away, and writes a space for a no-break space.",
    ),
    "comment-after-value": Advice(
        "A '#' that was meant as part of a text would cut it off unseen.",
        "Put the comment on the line above, or the text between double quotes.",
    ),
    "duplicate-key": Advice("Only one of the two would count, and nobody could say which.", "Keep one of them."),
    "empty-file": Advice(
        "An empty file is a record that somebody meant to write.", "Write the record, or delete the file."
    ),
    "empty-value": Advice(
        "A key without a value says neither what is so nor that it is not known.",
        "Write the value, or take the key away and say under 'unknown' why it is missing.",
    ),
    "depth": Advice("No record needs so much; it is a slip or an attack.", "Take the surplus levels away."),
    "file": Advice("A file that is skipped would be missed by nobody.", "Mend the file's permissions."),
    "file-name": Advice(
        "Kind and id of a record are read from where its file lies.",
        "Move or rename the file; data/README.md shows where each kind lives, and 'new' puts it there.",
    ),
    "file-size": Advice("A data file is written by hand; one so large is something else.", "Split it, or take it out."),
    "too-many": Advice(
        "A list of thousands is a slip or an attack, and would stop the check.", "Split it, or take the surplus out."
    ),
    "unknown-key": Advice(
        "A misspelt key would be passed over, and its value lost.",
        "Write the key as the message suggests; the page of the kind lists those it knows.",
    ),
    "missing-key": Advice(
        "Pages and data files count on it.", "Add the key; 'explain' and the page of the kind say what it means."
    ),
    "wrong-type": Advice(
        "A page could not show it.", "Write a list as [a, b], a mapping as 'key: value' lines below the key."
    ),
    "wrong-value": Advice(
        "Only what has its form can be sorted, linked and compared.",
        "Write the value as the message says; an empty one is a gap that is still to be filled.",
    ),
    "unique-id": Advice(
        "An id alone has to lead anywhere, so two records cannot share one.",
        "Choose another id for the newer record; 'rename' changes one everywhere.",
    ),
    "fact-id": Advice(
        "A fact's id tells its source, and addresses are made of it.",
        "Take the next number of the file; 'new fact' does.",
    ),
    "checksum": Advice(
        "Quotations proven against another version of a text prove nothing.",
        "Lay the recorded text into seeds/; if the article itself changed, that is another source.",
    ),
    "fingerprint-file": Advice(
        "It stands for a text that clones do not have, so it must be what was made from it.",
        "Restore the file from git, or make it anew where the text is at hand: 'check --fix'.",
    ),
    "register-line": Advice(
        "The register holds what was promised to readers.", "Restore the file from git; 'register' adds to it."
    ),
    "known-ids": Advice(
        "A link that leads nowhere is a promise broken on a page.",
        "Write the id that the message suggests, or make the record first: 'new leader', 'new topic' and so on.",
    ),
    "every-value-evidenced": Advice(
        "Readers are to see for each value where it comes from, or that nobody knows it.",
        "Add the evidence under the field's name ('quote' finds the words), or the reason under 'unknown'.",
    ),
    "evidence-of-a-value": Advice(
        "Evidence for a field that is not there proves nothing, and hides a slip.",
        "Correct the field's name, give the value, or move the line from 'evidence' to 'unknown' or back.",
    ),
    "every-role-evidenced": Advice(
        "Who held a post, and who was there, are facts like others.",
        "Add 'evidence' below the post or the person.",
    ),
    "one-time": Advice(
        "What happened and what held on a day are told and sorted in different ways.",
        "Keep 'date' for what happens or is said, 'as_of' for a state such as a number of members.",
    ),
    "fact-has-evidence": Advice(
        "A fact is worth what proves it, and stands in the file of the source that tells it.",
        "Add evidence from that source first; others may follow.",
    ),
    "plan-and-outcome": Advice(
        "A reader wants to know what came of a plan, or that it is not known.",
        "Give a plan its 'status', and the fact that tells the outcome, or the reason under 'unknown'.",
    ),
    "figure-in-evidence": Advice(
        "A figure is the first thing that is quoted, so it must stand in the words.",
        "Quote the words that print the number, or give 'words' where there is none.",
    ),
    "number-in-evidence": Advice(
        "A slip in a digit is not seen by reading.",
        "Quote the words that print the number, or leave it out of the text.",
    ),
    "alternative-beside-a-value": Advice(
        "Where sources differ, both are shown, and which is preferred.",
        "Name a field that has a value, give another value, and say whose it is.",
    ),
    "article-has-fingerprint": Advice(
        "Without it no clone could prove a quotation.",
        "'fingerprint SOURCE TEXT' makes it; 'new source --text' does so from the start.",
    ),
    "fingerprint-up-to-date": Advice(
        "Clones without the text prove with it what is quoted now, not what was quoted before.",
        "'check --fix', where the text is at hand.",
    ),
    "evidence-is-exact": Advice(
        "Article and page are proven in different ways, and pages say which.",
        "Give paragraph and quotation for an article ('quote' prints both); take both away for a page.",
    ),
    "quotation-found": Advice(
        "Words between quotation marks are somebody's, to the letter.",
        "Copy them from the article; 'quote' finds them, with their paragraph, or shows the nearest.",
    ),
    "quotation-length": Advice(
        "Fewer words stand in many texts and prove little; more are the publisher's text and not ours.",
        "Quote five to forty words; 'prefix' and 'suffix' count.",
    ),
    "nothing-hidden": Advice(
        "Leaving out a 'not' turns a sense around.",
        "Quote the word as well; where the sense stays all the same, say why under 'omits'.",
    ),
    "speaker-speaks": Advice(
        "Nobody is to be quoted with words that they did not say.",
        "Take 'speaker' away, or quote only what stands between quotation marks in an original wording.",
    ),
    "own-words": Advice(
        "The articles belong to their publishers; a fact is ours to tell.",
        "Tell it in another order and with other words; keep the names and figures.",
    ),
    "every-paragraph-counts": Advice(
        "So that nothing in an article is passed over, or passed over without a reason.",
        "Add a fact with that paragraph as evidence, or name the paragraph under 'set_aside' with the reason.",
    ),
    "quoted-in-part": Advice(
        "Quotations are proof, not a copy of the article.", "Shorten quotations to the words that carry the fact."
    ),
    "one-holder-a-post": Advice(
        "Two holders at once is a slip in a date.",
        "Mend the intervals; if a post has more seats, say 'single_seat: no'.",
    ),
    "no-gap-between-holders": Advice(
        "A gap is a missing holder, or a wrong date.",
        "Add the holder, mend the date, or say under 'gap' of the post why.",
    ),
    "post-held-that-day": Advice(
        "A page says in which post somebody was there.", "Mend the interval under 'memberships', the day, or the post."
    ),
    "speaker-in-office": Advice(
        "A page says as what a speaker spoke.",
        "Add the post to the speaker's record, with evidence, or take 'speaker' away.",
    ),
    "meeting-before-its-summit": Advice(
        "What comes after a summit, or years before, does not prepare it.",
        "Name the right summit under 'prepares', or mend a date.",
    ),
    "fact-on-its-day": Advice(
        "A fact stands on the page of its event, under the event's date.",
        "Mend the fact's date, or take 'at' away where it only mentions the event.",
    ),
    "told-after-it-happened": Advice(
        "Nobody can report what is still to come.",
        "Make it a plan with a status, or mend the date of the fact or of the source.",
    ),
    "date-was-read": Advice(
        "'Friday' is read once, with the reason, and the same by all facts.",
        "Add the reading under 'dates' of the source: paragraphs, words, date and because. Or take one that is there.",
    ),
    "reading-has-paragraphs": Advice(
        "A reading of a paragraph that is not there settles nothing.", "Correct the number of the paragraph."
    ),
    "published-stays": Advice(
        "Others have cited it.",
        "Bring it back, or add to data/withdrawn.yml what went, where readers should go, why, and when; 'rename' does.",
    ),
    "withdrawal-leads-on": Advice(
        "Who follows an old address is to arrive somewhere.",
        "Correct 'what' or 'to'; take the entry away if nothing was withdrawn.",
    ),
    "nothing-dwindles": Advice(
        "A file lost in a merge would be missed by nobody.",
        "Bring back what is gone, or say in data/withdrawn.yml why there is less; then 'register'.",
    ),
    "one-wikidata-id-each": Advice(
        "The same id on two records leads readers, and programs, to the wrong one of them.",
        "Look both up in Wikidata, and correct or take away the one that does not fit.",
    ),
    "releases-in-order": Advice(
        "Versions tell which state of the data is newer.", "Correct the day or the version of the later release."
    ),
    "correction-says-why": Advice(
        "Who has cited a fact wants to know why it is told otherwise now.",
        "Write 'because' at that change, in one line.",
    ),
    "highlights-belong": Advice(
        "They open the page of the summit; a reader takes them for what happened there.",
        "Name facts that are at the summit or at a meeting on the road to it, three at most, and each once.",
    ),
    "term-in-use": Advice(
        "An explanation that no page shows is never read, and nobody sees when it goes wrong.",
        "Take the term away, or give it the form in which facts and names print it.",
    ),
}
"""The advice for every rule, of form and of meaning."""
