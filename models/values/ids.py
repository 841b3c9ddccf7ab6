"""Typed ids of the nouns of the newsroom. All are positive integers given by the store."""

from typing import NewType

ManuscriptId = NewType("ManuscriptId", int)
ArticleId = NewType("ArticleId", int)
EntityId = NewType("EntityId", int)
IssueId = NewType("IssueId", int)
PageId = NewType("PageId", int)
PictureId = NewType("PictureId", int)
PublicationId = NewType("PublicationId", int)
