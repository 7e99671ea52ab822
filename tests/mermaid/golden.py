"""Writes what Mermaid reads in the corpus: python tests/mermaid/golden.py."""

import json
from pathlib import Path

from oracle import ask, node_modules

if __name__ == "__main__":
    corpus = Path(__file__).parent / "corpus"
    names = sorted(one.name for one in corpus.glob("*.mmd"))
    modules = node_modules()
    if modules is None:
        raise SystemExit("no Node with mermaid: set GRAPHC_NODE_MODULES")
    answers = ask([(corpus / name).read_bytes().decode() for name in names], modules)
    for answer in answers:
        if "error" in answer:
            answer["error"] = "refused"
    lines = [
        f"{json.dumps(name)}: {json.dumps(answer, ensure_ascii=False)}"
        for name, answer in zip(names, answers, strict=True)
    ]
    (corpus / "golden.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
