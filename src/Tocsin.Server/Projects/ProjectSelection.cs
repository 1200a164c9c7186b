using System.Globalization;
using Tocsin.Server.Access;

namespace Tocsin.Server.Projects;

/// <summary>The parameter <c>project</c> of the organisation's routes: slugs or ids, several times; absent or <c>-1</c> is all.</summary>
static class ProjectSelection
{
    /// <summary>What the address asks for, unread; some clients write slugs as <c>projectSlug</c>.</summary>
    public static IReadOnlyList<string> Asked(IQueryCollection query) =>
        [.. Enumerable.Concat<string?>(query["project"], query["projectSlug"]).OfType<string>().Where(name => name.Length > 0)];

    /// <summary>Null: one of them is no project of the organisation, which callers answer with 404.</summary>
    public static IReadOnlyList<ProjectSnapshot>? Read(
        Tenant tenant,
        ProjectDirectory directory,
        IReadOnlyCollection<string>? named
    )
    {
        var all = directory.Of(tenant.Organization.Id).OrderBy(project => project.Id).ToList();
        var wanted = (named ?? []).Where(name => name.Length > 0).ToList();
        return wanted.Count == 0 || wanted.Contains("-1") ? all : Find(all, wanted);
    }

    /// <summary>Those of the projects that the slugs or ids name; null: one of them names none.</summary>
    public static IReadOnlyList<ProjectSnapshot>? Find(IReadOnlyList<ProjectSnapshot> all, IEnumerable<string> names)
    {
        var found = names.Select(name => all.FirstOrDefault(project => IsNamed(project, name))).ToList();
        return found.Contains(null) ? null : [.. found.OfType<ProjectSnapshot>().Distinct()];
    }

    static bool IsNamed(ProjectSnapshot project, string name) =>
        project.Slug == name || project.Id.ToString(CultureInfo.InvariantCulture) == name;
}
