namespace Tocsin.Server.Explore.Reading;

/// <summary>Leads out of the nested calls of one reading; callers see its sentence as a 400.</summary>
sealed class ExploreMistake(string sentence) : Exception(sentence);
