"""What asking a model costs: tokens, and money where the price of the model is known."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cost", "estimate_tokens", "price_tokens"]

CHARACTERS_A_TOKEN = 4.0
"""English prose, byte-pair encodings: about four characters a token; an estimate, said to be one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Tokens in and out, requests sent and answers taken from the cache; `dollars` is None where no price is known."""

    input_tokens: int = 0
    output_tokens: int = 0
    requests: int = 0
    cached: int = 0
    dollars: float | None = None

    def __add__(self, other: Cost) -> Cost:
        known = [cost.dollars for cost in (self, other) if cost.dollars is not None]
        return Cost(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.requests + other.requests,
            self.cached + other.cached,
            sum(known) if known else None,
        )

    def __str__(self) -> str:
        money = f", ${self.dollars:.4f}" if self.dollars is not None else ""
        return (
            f"{self.requests} requests ({self.cached} answers from the cache), "
            f"{self.input_tokens:,} tokens in, {self.output_tokens:,} out{money}"
        )


def estimate_tokens(text: str) -> int:
    """Return about how many tokens `text` is.

    >>> estimate_tokens("China demanded the withdrawal of Soviet troops.")
    12
    """
    return round(len(text) / CHARACTERS_A_TOKEN)


def price_tokens(provider: str, model: str, input_tokens: int, output_tokens: int) -> float | None:
    """Return the price in US dollars by the price list of the installed client library; None where it has none."""
    from genai_prices import Usage, calc_price

    try:
        usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
        return float(calc_price(usage, model_ref=model, provider_id=provider).total_price)
    except LookupError:
        return None
