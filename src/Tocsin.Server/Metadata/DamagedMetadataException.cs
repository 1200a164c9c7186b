using System.Data.Common;

namespace Tocsin.Server.Metadata;

/// <summary>A value that only Tocsin writes cannot be read as what it was: the database holds together, its content does not.</summary>
sealed class DamagedMetadataException(string message, Exception cause) : DbException(message, cause);
