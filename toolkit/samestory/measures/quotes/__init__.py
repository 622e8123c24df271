"""Who is quoted: attributions, their speakers, and the voice of each sentence.

``marks`` pairs quotation marks; ``tokens`` reads sentences in which a quotation is one token; ``cues``,
``phrases`` and ``clauses`` find the verb, the speaker and what is said; ``attribution`` holds the rules of
one sentence and ``discourse`` those beyond it, ``scripts`` those of the layout; ``names``, ``roles``,
``speakers``, ``pronouns``, ``joint`` and ``resolution`` tell who the speakers are, ``speaker_kind`` what they
are; ``model`` is the trained model, ``detection`` joins it with the rules; ``negation`` and ``nesting`` add
to ``table``, which makes the quotes table; ``linking``, ``voice``, ``counting`` and ``diversity`` work on it.
"""

from samestory.measures.quotes.counting import count_speaker_kinds, count_speakers
from samestory.measures.quotes.diversity import speaker_diversity
from samestory.measures.quotes.linking import SpeakerNames, link_speakers
from samestory.measures.quotes.table import find_quotes
from samestory.measures.quotes.voice import label_voice

__all__ = [
    "SpeakerNames",
    "count_speaker_kinds",
    "count_speakers",
    "find_quotes",
    "label_voice",
    "link_speakers",
    "speaker_diversity",
]
