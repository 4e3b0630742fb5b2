"""The MCP server, through which language models ask the documents."""
