"""Makes rule sets and tickets with known answers, the same for the same seed.

A rule fits a ticket if it is for the ticket's organization and its keyword stands as a whole word (letters and digits,
any case) in subject or body; the first rule that fits decides. A fifth of the tickets meet a rule of each set; others
have keywords of rules for other organizations, or none.

Writes tickets.json and rules_10.json to rules_10000.json into a directory. A rule has id, order, keyword, organization
and queue; a ticket id, subject, body, organization, requestor and expected: for each size the queue, or null.
"""
import argparse
import json
import pathlib
import random
import re

SIZES = (10, 100, 1_000, 10_000)
TEXT_BYTES = 600
CONSONANTS = "b c d f g h k l m n p r s t v w z br cl dr fl gr kl pr sk st tr".split()
VOWELS = "a e i o u ai ea ou an er in".split()


def invented(choose, taken, syllables):
    """A word that nobody has yet."""
    while True:
        word = "".join(choose.choice(CONSONANTS) + choose.choice(VOWELS) for _ in range(choose.choice(syllables)))
        if len(word) >= 2 and word not in taken:
            taken.add(word)
            return word


def rules(choose, keywords, organizations, queues):
    if len(keywords) <= 10:
        # So few rules are for the organizations whose tickets are to meet them.
        organizations = organizations[: len(keywords)]
    return [
        {
            "id": f"r{order:05}",
            "order": order,
            "keyword": keyword,
            "organization": choose.choice(organizations) if len(keywords) > 10 else organizations[order],
            "queue": choose.choice(queues),
        }
        for order, keyword in enumerate(keywords)
    ]


def prose(choose, words):
    """Sentences with capitals, commas and an occasional word in capitals."""
    sentences = []
    rest = list(words)
    while rest:
        count = choose.randint(6, 14)
        sentence, rest = rest[:count], rest[count:]
        sentence = [word.upper() if choose.random() < 0.03 else word for word in sentence]
        sentence[0] = sentence[0].capitalize()
        if len(sentence) > 8:
            sentence[len(sentence) // 2] += ","
        sentences.append(" ".join(sentence) + choose.choice("...!?"))
    return " ".join(sentences)


def ticket(choose, number, vocabulary, sets, organizations):
    meets = choose.random() < 0.2
    organization = choose.choice(organizations[:10] if meets else organizations)
    subject = [choose.choice(vocabulary) for _ in range(choose.randint(4, 7))]
    body = []
    while len(" ".join(subject)) + len(" ".join(body)) < TEXT_BYTES:
        body += [choose.choice(vocabulary) for _ in range(5)]
    keywords = []
    if meets:
        for entries in sets.values():
            own = [rule for rule in entries if rule["organization"] == organization]
            keywords += [choose.choice(own)["keyword"] for _ in range(choose.choice((1, 1, 1, 2))) if own]
    elif choose.random() < 0.3:
        for entries in sets.values():
            others = choose.sample(entries, choose.randint(1, 3))
            keywords += [rule["keyword"] for rule in others if rule["organization"] != organization]
    for keyword in keywords:
        words = subject if choose.random() < 0.3 else body
        words.insert(choose.randint(0, len(words)), keyword)
    return {
        "id": number,
        "subject": prose(choose, subject).rstrip(".!?"),
        "body": prose(choose, body),
        "organization": organization,
        "requestor": f"person{choose.randrange(500)}@example.org",
    }


def expected(ticket, entries):
    words = set(re.findall("[a-z0-9]+", (ticket["subject"] + " " + ticket["body"]).lower()))
    fitting = (r for r in entries if r["organization"] == ticket["organization"] and r["keyword"] in words)
    return next((rule["queue"] for rule in fitting), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tickets", type=int, default=2_000)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    choose = random.Random(options.seed)
    taken = set()
    # Few and short words are said often, as in any language.
    common = [invented(choose, taken, (1, 1, 2)) for _ in range(150)]
    rare = [invented(choose, taken, (2, 3)) for _ in range(350)]
    vocabulary = common * 6 + rare
    organizations = [f"org-{number:02}" for number in range(50)]
    queues = [f"Queue-{number:02}" for number in range(40)]
    sets = {}
    for size in SIZES:
        keywords = [invented(choose, taken, (3, 3, 4)) for _ in range(size)]
        sets[size] = rules(choose, keywords, organizations, queues)
    tickets = [ticket(choose, number + 1, vocabulary, sets, organizations) for number in range(options.tickets)]
    for one in tickets:
        one["expected"] = {str(size): expected(one, entries) for size, entries in sets.items()}
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "tickets.json").write_text(json.dumps(tickets, indent=0))
    for size, entries in sets.items():
        (out / f"rules_{size}.json").write_text(json.dumps(entries, indent=0))


main()
