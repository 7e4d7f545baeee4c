"""Where a language model is asked: any OpenAI-compatible server, a local one included, or Anthropic's."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.errors import CoderError

if TYPE_CHECKING:
    from pydantic_ai.models import Model

__all__ = ["Endpoint"]

PROVIDERS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
TALKATIVE = ("openai", "anthropic", "httpx", "httpx2", "httpcore", "pydantic_ai")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A provider ("openai" for every server that speaks its protocol, or "anthropic"), a model and an address.

    `address` is the base address of the server; "" means the provider's own. The key is read from the environment
    (OPENAI_API_KEY, ANTHROPIC_API_KEY) unless given; it is never shown, logged or kept.
    """

    provider: str
    model: str
    address: str = ""
    key: str = field(default="", repr=False, compare=False)
    timeout: float = 120.0
    retries: int = 5

    @classmethod
    def named(cls, name: str, address: str = "") -> Endpoint:
        """Return the endpoint of "provider:model"; a name without a provider is taken as an OpenAI-compatible model.

        >>> Endpoint.named("anthropic:claude-sonnet-4-5").provider
        'anthropic'
        """
        provider, colon, model = name.partition(":")
        if not colon or provider not in PROVIDERS:
            provider, model = "openai", name
        return cls(provider, model, address, os.environ.get(PROVIDERS[provider], ""))

    def connect(self) -> Model:
        """Return a client, which backs off and asks again after 408, 409, 429, 5xx and lost connections."""
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        if not self.key and not self.address:
            variable = PROVIDERS[self.provider]
            raise CoderError(f"{self.provider}: no key: set {variable}, or name a local server with --address")
        return self._connect_anthropic() if self.provider == "anthropic" else self._connect_openai()

    def _connect_openai(self) -> Model:
        from openai import AsyncOpenAI
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        client = AsyncOpenAI(
            api_key=self.key or "none", base_url=self.address or None, max_retries=self.retries, timeout=self.timeout
        )
        return OpenAIChatModel(self.model, provider=OpenAIProvider(openai_client=client))

    def _connect_anthropic(self) -> Model:
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        client = AsyncAnthropic(
            api_key=self.key or "none", base_url=self.address or None, max_retries=self.retries, timeout=self.timeout
        )
        return AnthropicModel(self.model, provider=AnthropicProvider(anthropic_client=client))
