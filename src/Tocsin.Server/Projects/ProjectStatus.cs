namespace Tocsin.Server.Projects;

static class ProjectStatus
{
    public const string Active = "active";
    public const string Disabled = "disabled";
}
